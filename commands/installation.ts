import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSecrets, serviceDatabaseUrl, setting } from '#libs/engines';
import type { BrokerAddress } from './broker.js';
import { dataDirectory } from './directory.js';
import { DATABASE_SERVICES } from './start/services.js';

/** Address of each service's own database. */
export type Databases = Record<(typeof DATABASE_SERVICES)[number], string>;

/** What the help of commands says about where the databases are. */
export const WHERE = `The databases are those of the system started here (npm start), or COMPANIES_DATABASE_URL, … (one per service, each also
as …_FILE), or the files <service>-database-url in SECRETS_DIR.`;

/** The databases of the installation: as the environment names them, or those of the system that runs here. Throws when there are none. */
export function databases(env: NodeJS.ProcessEnv): Databases {
  const given = DATABASE_SERVICES.map((service) => [service, givenUrl(env, service)] as const);
  const missing = given.filter(([, url]) => !url).map(([service]) => service);
  if (missing.length === 0) return Object.fromEntries(given) as Databases;
  if (missing.length < given.length)
    throw new Error(`${missing.map((service) => `${service.toUpperCase()}_DATABASE_URL`).join(', ')} is not set.`);
  const dir = dataDirectory(env);
  return databasesBehind(running(dir).postgres, dir);
}

/** The databases of the installation whose secrets are in `dir`, on the PostgreSQL of that address. */
export function databasesBehind(postgresUrl: string, dir: string): Databases {
  const { servicePasswords } = loadSecrets(dir, { services: DATABASE_SERVICES });
  const urls = DATABASE_SERVICES.map((one) => [one, serviceDatabaseUrl(postgresUrl, one, servicePasswords[one] ?? '')]);
  return Object.fromEntries(urls) as Databases;
}

/** The broker's account of events: `NATS_URL` with `NATS_NKEY_SEED` (the provisioner's), or that of the system that runs here. */
export function eventsBroker(env: NodeJS.ProcessEnv): BrokerAddress {
  const url = setting(env, 'NATS_URL');
  if (url) return { url, seed: setting(env, 'NATS_NKEY_SEED') };
  return { url: running(dataDirectory(env)).nats };
}

function givenUrl(env: NodeJS.ProcessEnv, service: string): string | undefined {
  if (!env.SECRETS_DIR) return setting(env, `${service.toUpperCase()}_DATABASE_URL`);
  return readFileSync(join(env.SECRETS_DIR, `${service}-database-url`), 'utf8').trim();
}

function running(dir: string): { postgres: string; nats: string } {
  const file = join(dir, 'run.json');
  if (!existsSync(file))
    throw new Error('Nothing runs here: start the system (npm start), or say where its databases are (see --help).');
  return (JSON.parse(readFileSync(file, 'utf8')) as { engines: { postgres: string; nats: string } }).engines;
}
