import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type NatsServer, startNats } from '#libs/engines';
import { testRun } from './run.js';

/** A NATS server of one test file's own (streams are named by their owners and would meet on a shared one). Stop it in `afterAll`. */
export function testNats(): Promise<NatsServer> {
  return startNats(mkdtempSync(join(testRun().dir, 'nats-')));
}
