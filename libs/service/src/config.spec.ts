import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { baseConfig, databaseConfig, readConfig } from './config.js';

const schema = z.object({ ...baseConfig, ...databaseConfig });

describe('A service reads its configuration', () => {
  it('with defaults for what can have one', () => {
    expect(readConfig(schema, { DATABASE_URL: 'postgres://x', UNRELATED: '1' })).toEqual({
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      NATS_URL: 'nats://127.0.0.1:4222',
      INTERNAL_PORT: 0,
      INTERNAL_HOST: '127.0.0.1',
      CLOCK_AHEAD_MS: 0,
      EVENT_RETRY_MS: 1000,
      CRASH_BEFORE_ACK: 0,
      LISTEN_PUBLICLY: false,
      ENGINES_WITHOUT_TLS: false,
      DATABASE_URL: 'postgres://x',
    });
  });

  it('takes a secret from the file that X_FILE names', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ceresio-config-')), 'url');
    writeFileSync(file, 'postgres://from-file\n');
    expect(readConfig(schema, { DATABASE_URL_FILE: file }).DATABASE_URL).toBe('postgres://from-file');
  });

  it('names every variable that is wrong, and shows no value', () => {
    const read = () => readConfig(schema, { DATABASE_URL: 'mysql://user:secret@host', INTERNAL_PORT: 'x' });
    expect(read).toThrow(/DATABASE_URL: must begin with postgres/);
    expect(read).toThrow(/INTERNAL_PORT/);
    expect(read).not.toThrow(/secret/);
    expect(() => readConfig(schema, {})).toThrow(/DATABASE_URL: is missing/);
  });

  it('refuses a clock that is put forward in production', () => {
    const env = { DATABASE_URL: 'postgres://x', CLOCK_AHEAD_MS: '1000' };
    expect(readConfig(schema, env).CLOCK_AHEAD_MS).toBe(1000);
    expect(() => readConfig(schema, { ...env, NODE_ENV: 'production' })).toThrow(/CLOCK_AHEAD_MS: must not be set/);
  });

  it('rehearses no death in production', () => {
    const env = { DATABASE_URL: 'postgres://x', CRASH_BEFORE_ACK: '40', CRASH_ON_AGGREGATE: 'x' };
    expect(readConfig(schema, env)).toMatchObject({ CRASH_BEFORE_ACK: 40, CRASH_ON_AGGREGATE: 'x' });
    const refused = () => readConfig(schema, { ...env, NODE_ENV: 'production' });
    expect(refused).toThrow(/CRASH_BEFORE_ACK: must not be set[\s\S]*CRASH_ON_AGGREGATE: must not be set/);
  });

  it('says which file it cannot read', () => {
    expect(() => readConfig(schema, { DATABASE_URL_FILE: '/does/not/exist' })).toThrow(
      /DATABASE_URL_FILE: cannot be read/,
    );
  });
});
