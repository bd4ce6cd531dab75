export { eventually } from './eventually.js';
export { type TestRun, testDirectory, testRun } from './run.js';
export { smtpServer } from './smtp-server.js';
export { TcpProxy } from './tcp-proxy.js';
export { type TestDatabase, templateDatabase } from './template-database.js';
export { type TestMeili, testMeili } from './test-meili.js';
export { testNats } from './test-nats.js';
export { type TestService, testService } from './test-service.js';
