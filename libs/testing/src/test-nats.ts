import { type NatsServer, startNats } from '#libs/engines';
import { testDirectory } from './run.js';

/** A NATS server of one test file's own (streams are named by their owners and would meet on a shared one). Stop it in `afterAll`. */
export function testNats(): Promise<NatsServer> {
  return startNats(testDirectory('nats'));
}
