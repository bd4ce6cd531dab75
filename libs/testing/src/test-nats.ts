import { type NatsServer, startNats } from '#libs/engines';
import { testDirectory } from './run.js';

/** A NATS server of one test file's own (streams are named by their owners and would meet on a shared one). Stop it in `afterAll`. `users`: who may connect beside the operator. */
export function testNats(users?: string): Promise<NatsServer> {
  return startNats(testDirectory('nats'), process.env, users);
}
