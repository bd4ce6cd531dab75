import { describe, expect, it } from '@jest/globals';
import { nkeys } from '@nats-io/transport-node';
import { z } from 'zod';
import { baseConfig, databaseConfig, readConfig } from './config.js';
import { productionProblems } from './production.js';

/** A configuration with which production may start. */
const FIT = {
  NATS_URL: 'tls://nats.ceresio.example:4222',
  NATS_NKEY_SEED: new TextDecoder().decode(nkeys.createUser().getSeed()),
  DATABASE_URL: 'postgres://companies:x7Ew9q@db.ceresio.example/companies?sslmode=verify-full',
  MEILI_URL: 'https://search.ceresio.example',
  MEILI_INDEX_KEY: '9f86d081884c7d65',
  HOST: '10.1.2.3',
  INTERNAL_HOST: '127.0.0.1',
};
const problems = (change: Record<string, unknown>) => productionProblems({ ...FIT, ...change });

describe('Production', () => {
  it('starts with secrets of its own, named addresses and encrypted engines', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    ['NATS_NKEY_SEED', `dev-${FIT.NATS_NKEY_SEED}`],
    ['DATABASE_URL', 'postgres://companies:dev-x7Ew9q@127.0.0.1/companies'],
    ['NATS_URL', 'tls://ceresio:dev-secret@nats.ceresio.example'],
    ['SESSION_KEY', 'dev-AAAA'],
  ])('refuses a secret that was made for development: %s', (name, value) => {
    expect(problems({ [name]: value })).toEqual([`${name}: is a secret that was made for development`]);
  });

  it.each([
    ['DATABASE_URL', 'postgres://postgres:postgres@127.0.0.1/companies', 'has a password that everybody knows'],
    ['MEILI_INDEX_KEY', 'masterKey', 'is a secret that everybody knows'],
  ])('refuses what stands in every example: %s', (name, value, why) => {
    expect(problems({ [name]: value })).toEqual([`${name}: ${why}`]);
  });

  it.each(['HOST', 'INTERNAL_HOST'])('refuses to listen everywhere by accident: %s', (name) => {
    for (const host of ['0.0.0.0', '::']) {
      expect(problems({ [name]: host })).toEqual([expect.stringContaining(`${name}: would be open to every network`)]);
      expect(problems({ [name]: host, LISTEN_PUBLICLY: true })).toEqual([]);
    }
  });

  it.each([
    ['NATS_URL', 'nats://nats:4222'],
    ['NATS_URL', 'nats:4222'],
    ['NATS_URL', 'tls://a:4222,nats://b:4222'],
    ['MEILI_URL', 'http://meilisearch:7700'],
    ['DATABASE_URL', 'postgres://companies:x7Ew9q@db/companies'],
    ['DATABASE_URL', 'postgres://companies:x7Ew9q@db/companies?sslmode=prefer'],
  ])('refuses an engine that others can listen to: %s %s', (name, value) => {
    expect(problems({ [name]: value })).toEqual([expect.stringContaining(`${name}: would not be encrypted`)]);
    expect(problems({ [name]: value, ENGINES_WITHOUT_TLS: true })).toEqual([]);
    expect(
      problems({ [name]: value.replaceAll(/(@|\/\/|^|,)(nats|a|b|db|meilisearch)([:/])/g, '$1localhost$3') }),
    ).toEqual([]);
  });

  it('refuses to come to NATS as nobody', () => {
    expect(problems({ NATS_NKEY_SEED: undefined })).toEqual([expect.stringContaining('NATS_NKEY_SEED: is missing')]);
    expect(problems({ NATS_NKEY_SEED: undefined, NATS_URL: 'tls://user:x7Ew9q@nats.ceresio.example' })).toEqual([]);
  });

  it('ends the start with every reason at once and no value', () => {
    const schema = z.object({ ...baseConfig, ...databaseConfig });
    const env = { DATABASE_URL: 'postgres://companies:dev-x7Ew9q@127.0.0.1/companies', INTERNAL_HOST: '0.0.0.0' };
    expect(readConfig(schema, env).INTERNAL_HOST).toBe('0.0.0.0');
    const start = () => readConfig(schema, { ...env, NODE_ENV: 'production' });
    expect(start).toThrow(/not fit for production/);
    for (const name of ['DATABASE_URL', 'INTERNAL_HOST', 'NATS_NKEY_SEED']) expect(start).toThrow(`${name}: `);
    expect(start).not.toThrow(/x7Ew9q/);
  });

  it('wants both keys of a service that publishes events', () => {
    const schema = z.object({ ...baseConfig, ...databaseConfig });
    const env = { DATABASE_URL: FIT.DATABASE_URL, NATS_NKEY_SEED: FIT.NATS_NKEY_SEED };
    expect(() => readConfig(schema, env)).toThrow(/NATS_EVENTS_NKEY_SEED: is missing/);
    expect(() => readConfig(z.object(baseConfig), env)).not.toThrow();
  });
});
