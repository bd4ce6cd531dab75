export { ENGINE_NAMES, type EngineName, type EngineOptions, type Engines, startEngines } from './engines.js';
export { setting } from './given.js';
export { type CaughtMail, type MailCatcher, startMailCatcher } from './mail-catcher.js';
export { ManagedProcess, type ProcessSpec } from './managed-process.js';
export { type NatsServer, startNats } from './nats-server.js';
export { freePort, isFree, portNear } from './ports.js';
export { asSuperuser, provisionDatabases, serviceDatabaseUrl } from './provision-databases.js';
export { provisionSearchKeys } from './provision-search-keys.js';
export { loadSecrets, type Secrets, writeSecret } from './secrets.js';
