import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');
const run = (script: string, args: string[] = [], cwd = root) => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, '.ci', script), ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { status, said: stdout };
};
const random = (length: number, letters: string) =>
  Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Made here, so that this file holds none. */
const PLANTED: Record<string, string> = {
  'an NKEY seed': `NATS_NKEY_SEED=dev-${'SU'}A${random(55, letter)}`,
  'a private key': `${'-----BEGIN'} PRIVATE KEY-----\n${random(64, letter)}`,
  'a signed token': `curl -H "Authorization: Bearer ${'eyJ'}${random(20, letter)}.${'eyJ'}${random(40, letter)}.${random(43, letter)}"`,
  'an API key of the platform': `key: ${'ck'}_${random(43, letter)}`,
  'an AWS key': `${'AKIA'}${random(16, letter)}`,
  'a GitHub token': `${'ghp'}_${random(36, letter)}`,
  'a password in an address': `DATABASE_URL=postgres://companies:${random(20, letter)}@db.ceresio.example/companies`,
  'a value of high entropy': `{ "password": "${random(40, letter)}7a" }`,
};

describe('The scan for secrets', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ceresio-scan-'));

  it.each(Object.keys(PLANTED))('finds %s that was planted, and does not repeat it', (what) => {
    const file = join(dir, `${what.replaceAll(' ', '-')}.txt`);
    writeFileSync(file, `harmless\n${PLANTED[what]}\n`);
    const { status, said } = run('secrets.mjs', [file]);
    expect({ status, said }).toMatchObject({ status: 1, said: expect.stringContaining(`${file}:2: ${what}`) });
    for (const word of PLANTED[what]!.match(/[A-Z2-7]{16,}/g) ?? []) expect(said).not.toContain(word);
  });

  it('finds none in this repository', () => {
    expect(run('secrets.mjs')).toEqual({ status: 0, said: expect.stringMatching(/^\d{3,} files, 0 secrets\n$/) });
  });
});

describe('The look at licences', () => {
  it('lets the packages of this project pass', () => {
    expect(run('licences.mjs')).toEqual({ status: 0, said: expect.stringMatching(/^\d{3,} packages, 0 with/) });
  });

  it('stops at a package that may not be passed on, and at one that says nothing, but not at what is only used to build', () => {
    const dir = mkdtempSync(join(tmpdir(), 'ceresio-licences-'));
    mkdirSync(join(dir, 'node_modules/silent'), { recursive: true });
    writeFileSync(join(dir, 'node_modules/silent/package.json'), '{}');
    const packages = {
      '': { name: 'some' },
      'node_modules/free': { version: '1.0.0', license: '(MIT OR GPL-3.0)' },
      'node_modules/taken': { version: '2.0.0', license: 'AGPL-3.0-only' },
      'node_modules/silent': { version: '3.0.0' },
      'node_modules/tool': { version: '4.0.0', license: 'GPL-3.0', dev: true },
    };
    writeFileSync(join(dir, 'package-lock.json'), JSON.stringify({ packages }));
    const { status, said } = run('licences.mjs', [], dir);
    expect(status).toBe(1);
    expect(said.split('\n').slice(0, 3)).toEqual([
      'taken 2.0.0: AGPL-3.0-only',
      'silent 3.0.0: no licence',
      '3 packages, 2 with a licence that is not on the list',
    ]);
  });
});
