import { readFileSync } from 'node:fs';

/** Engines that somebody else runs. */
export interface Given {
  postgres?: string;
  nats?: string;
  meilisearch?: { url: string; masterKey: string };
}

/**
 * Reads `DATABASE_URL`, `NATS_URL`, `MEILI_URL` with `MEILI_MASTER_KEY`, each also as `…_FILE` (a file that holds the value).
 * Throws on both forms at once, on a file that cannot be read and on a Meilisearch without its key.
 */
export function givenEngines(env: NodeJS.ProcessEnv): Given {
  const url = setting(env, 'MEILI_URL');
  const masterKey = setting(env, 'MEILI_MASTER_KEY');
  if (url && !masterKey)
    throw new Error('MEILI_URL is set, so MEILI_MASTER_KEY (or MEILI_MASTER_KEY_FILE) must be set as well.');
  return {
    postgres: setting(env, 'DATABASE_URL'),
    nats: setting(env, 'NATS_URL'),
    meilisearch: url && masterKey ? { url, masterKey } : undefined,
  };
}

/** The value of a variable, or of the file that `<name>_FILE` names; undefined when neither is set. */
export function setting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name] || undefined;
  const file = env[`${name}_FILE`] || undefined;
  if (value && file) throw new Error(`${name} and ${name}_FILE are both set: keep one.`);
  return file ? readFileSync(file, 'utf8').trim() : value;
}

/** Throws, saying what to do, where no engine can come from npm. */
export function refuseOtherPlatforms(platform: string, arch: string, missing: readonly string[]): void {
  if (platform === 'linux' && arch === 'x64') return;
  const variables = { postgres: 'DATABASE_URL', nats: 'NATS_URL', meilisearch: 'MEILI_URL with MEILI_MASTER_KEY' };
  const needed = missing.map((name) => variables[name as keyof typeof variables]).join(', ');
  throw new Error(
    [
      `The engines that npm installs run on Linux x64 only; this is ${platform} ${arch}. Do one of these:`,
      '  - with Docker: docker compose up (the whole platform), or ENGINES=containers npm test (the tests)',
      `  - with servers of your own (PostgreSQL 18, NATS 2.11 with JetStream, Meilisearch 1.21): set ${needed}`,
    ].join('\n'),
  );
}
