import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { holderOf, leaveDirectory, takeDirectory, writeRun } from './run-file.js';

describe('The directory of a running platform', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ceresio-run-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('is free after its holder died without a word, also when another program has its process id now', () => {
    writeFileSync(join(dir, 'start.pid'), '4194303\n');
    expect(holderOf(dir)).toBeUndefined();
    // This test's own process lives, but is no start of the platform.
    writeFileSync(join(dir, 'start.pid'), `${process.pid}\n`);
    expect(holderOf(dir)).toBeUndefined();
    expect(takeDirectory(dir, process.pid)).toBeUndefined();
    leaveDirectory(dir);
    expect(takeDirectory(dir, process.pid)).toBeUndefined();
  });

  it('shows its addresses, which hold credentials, to its owner alone', () => {
    const run = {
      gateway: 'http://127.0.0.1:3000',
      portal: null,
      mail: 'http://127.0.0.1:8025',
      issuer: 'http://127.0.0.1:3001',
      engines: { postgres: 'p', nats: 'n', meilisearch: 'm' },
      processes: [{ name: 'gateway', pid: 1 }],
    };
    writeRun(dir, run);
    expect(JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'))).toEqual(run);
    expect(statSync(join(dir, 'run.json')).mode & 0o777).toBe(0o600);
  });
});
