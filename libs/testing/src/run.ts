import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';

/** What the set-up of a test run left for its test files, as JSON in the variable CERESIO_TEST_RUN. */
export interface TestRun {
  /** Superuser of the shared PostgreSQL. */
  postgresUrl: string;
  meili: { url: string; masterKey: string; indexKey: string; searchKey: string };
  /** Directory for the files of this run, deleted at its end. */
  dir: string;
}

/** Reads it; throws when the file was not run by `npm test`. */
export function testRun(env: NodeJS.ProcessEnv = process.env): TestRun {
  const found = env.CERESIO_TEST_RUN;
  if (!found)
    throw new Error('CERESIO_TEST_RUN is not set: integration tests run by "npm test", which starts their engines.');
  return JSON.parse(found) as TestRun;
}

/** A new directory below that of the run, which the engines' user may enter as well; deleted with it. */
export function testDirectory(name: string): string {
  const dir = mkdtempSync(join(testRun().dir, `${name}-`));
  chmodSync(dir, 0o755);
  return dir;
}
