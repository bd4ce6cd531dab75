import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Engines, freePort, ManagedProcess, type Secrets, serviceDatabaseUrl } from '#libs/engines';
import { eventsUser } from '#libs/messaging';
import type { BrokerAddress } from '../broker.js';
import { GATEWAY_CLIENT, type LocalIssuer } from '../issuer/local-issuer.js';

/** Services that own a database, in the order in which they are started, and last the gateway, which needs them all. */
export const DATABASE_SERVICES = [
  'companies',
  'experts',
  'matching',
  'cooperation',
  'notifications',
  'access',
] as const;
const SERVICES = [...DATABASE_SERVICES, 'gateway'];

// Scripts and tests on one's own machine ask more than people do; a flood is still one.
const TRIAL_RATES = {
  RATE_USER: '4000/10',
  RATE_ACCOUNT: '4000/10',
  RATE_ADDRESS: '4000/10',
  RATE_MATCHES: '1000/10',
};

/** Everything that a service may be told. */
export interface Surroundings {
  dir: string;
  /** Where the compiled services are. */
  dist: string;
  engines: Engines;
  secrets: Secrets;
  searchKeys: { indexer: string; search: string };
  smtpUrl: string;
  gatewayPort: number;
  /** The local issuer; absent where OIDC_ISSUER names another. */
  local: LocalIssuer | undefined;
}

/** The local issuer as a process of its own. */
export function issuerProcess(local: LocalIssuer, dir: string, dist: string, env: NodeJS.ProcessEnv): ManagedProcess {
  return new ManagedProcess({
    name: 'issuer',
    command: process.execPath,
    args: ['--enable-source-maps', join(dist, 'commands', 'issuer.js')],
    env: {
      ...inherited(env),
      NODE_ENV: 'development',
      CERESIO_DIR: dir,
      HOST: '127.0.0.1',
      PORT: new URL(local.issuer).port,
      NODE_COMPILE_CACHE: join(dir, 'compile-cache'),
    },
    logFile: join(dir, 'logs', 'issuer.log'),
    gentle: 'SIGTERM',
    // By its key: at the same address another platform's issuer may answer.
    ready: async () => {
      const response = await fetch(`${local.issuer}/jwks`, { signal: AbortSignal.timeout(2_000) });
      const { keys } = (await response.json()) as { keys: { kid?: string }[] };
      return keys.some(({ kid }) => kid === local.key.kid);
    },
    stopWithin: 5_000,
  });
}

/** The compiled services that exist, by name. */
export function builtServices(dist: string): string[] {
  return SERVICES.filter((name) => existsSync(mainOf(dist, name)));
}

/** What one copy of a service has to itself. `env` wins over everything else. */
export interface CopyOptions {
  name?: string;
  internalPort?: number;
  env?: NodeJS.ProcessEnv;
}

/** A service as a process of its own. It is ready when its health address says so. */
export async function serviceProcess(
  service: string,
  around: Surroundings,
  env: NodeJS.ProcessEnv,
  own: CopyOptions = {},
): Promise<ManagedProcess> {
  const { name = service, internalPort = await freePort() } = own;
  return new ManagedProcess({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', mainOf(around.dist, service)],
    env: {
      // What one tries is to be seen at once, in the evening too.
      QUIET_HOURS: 'off',
      ...(service === 'gateway' && TRIAL_RATES),
      ...inherited(env),
      ...environment(service, around),
      INTERNAL_PORT: String(internalPort),
      INTERNAL_HOST: '127.0.0.1',
      // Compiled code is kept: a later start takes a fraction of the processor time.
      NODE_COMPILE_CACHE: join(around.dir, 'compile-cache'),
      ...own.env,
    },
    logFile: join(around.dir, 'logs', `${name}.log`),
    gentle: 'SIGTERM',
    internal: `http://127.0.0.1:${internalPort}`,
    ready: async () =>
      (await fetch(`http://127.0.0.1:${internalPort}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok,
    startWithin: 90_000,
    // A service gives itself 13 s.
    stopWithin: 15_000,
  });
}

function environment(name: string, around: Surroundings): NodeJS.ProcessEnv {
  const { engines, secrets, searchKeys, smtpUrl, gatewayPort } = around;
  const common: NodeJS.ProcessEnv = {
    NODE_ENV: 'development',
    NATS_URL: natsFor(name, engines, secrets).url,
    NATS_NKEY_SEED: natsFor(name, engines, secrets).seed,
    NATS_EVENTS_NKEY_SEED: natsFor(eventsUser(name), engines, secrets).seed,
  };
  if (name === 'gateway') return { ...common, ...gatewayEnvironment(around) };
  common.DATABASE_URL = serviceDatabaseUrl(engines.postgres.url, name, secrets.servicePasswords[name] ?? '');
  if (name === 'notifications') return { ...common, SMTP_URL: smtpUrl, PUBLIC_URL: `http://127.0.0.1:${gatewayPort}` };
  if (name !== 'matching') return common;
  return {
    ...common,
    MEILI_URL: engines.meilisearch.url,
    MEILI_INDEX_KEY: searchKeys.indexer,
    MEILI_SEARCH_KEY: searchKeys.search,
  };
}

function gatewayEnvironment({ gatewayPort, local }: Surroundings): NodeJS.ProcessEnv {
  return {
    PORT: String(gatewayPort),
    PUBLIC_URL: `http://127.0.0.1:${gatewayPort}`,
    ...(local && {
      OIDC_ISSUER: local.issuer,
      OIDC_LOCAL: 'true',
      OIDC_CLIENT_ID: GATEWAY_CLIENT,
      SESSION_KEY: local.cookieSecret,
    }),
  };
}

/** How a user reaches NATS: by its own NKEY, or by the credentials of a server that somebody else runs (and whose monitoring page is not known here). */
export function natsFor(user: string, { nats }: Engines, { natsSeeds }: Secrets): BrokerAddress {
  if (!nats.monitor) return { url: nats.url };
  const servers = nats.url.split(',').map((server) => `nats://${new URL(server).host}`);
  return { url: servers.join(','), seed: natsSeeds[user] };
}

// What was meant for the engines is not for the services: each knows its own role and keys only.
function inherited(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^(DATABASE_URL|NATS_URL|NATS_NKEY_SEED|NATS_EVENTS_NKEY_SEED|MEILI_URL|MEILI_MASTER_KEY|MEILI_INDEX_KEY|MEILI_SEARCH_KEY|SMTP_URL|SESSION_KEY|PUBLIC_URL|PORT|npm_.*)(_FILE)?$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}

function mainOf(dist: string, name: string): string {
  return join(dist, 'services', name, 'src', 'main.js');
}
