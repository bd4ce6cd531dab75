import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSecrets, serviceDatabaseUrl, setting } from '#libs/engines';
import { dataDirectory } from './directory.js';

/** There is no such service, or it has no database. */
export class UnknownService extends Error {}

/** Address of a service's own database: DATABASE_URL, or that of the system that runs here. Throws when there is neither. */
export function databaseOf(env: NodeJS.ProcessEnv, service: string): string {
  const given = setting(env, 'DATABASE_URL');
  if (given) return given;
  const dir = dataDirectory(env);
  const file = join(dir, 'run.json');
  if (!existsSync(file)) throw new Error('Nothing runs here: start the system (npm start), or set DATABASE_URL.');
  const run = JSON.parse(readFileSync(file, 'utf8')) as { engines: { postgres: string } };
  const password = loadSecrets(dir).servicePasswords[service];
  if (!password) throw new UnknownService(`There is no service "${service}" with a database here.`);
  return serviceDatabaseUrl(run.engines.postgres, service, password);
}
