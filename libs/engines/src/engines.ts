import { join } from 'node:path';
import { type Given, givenEngines, refuseOtherPlatforms } from './given.js';
import { driven, type Engine } from './local.engine.js';
import { meilisearchEngine } from './meilisearch.engine.js';
import { natsEngine } from './nats.engine.js';
import { findPlace, removePlace } from './place.js';
import { freePort, isFree, portNear } from './ports.js';
import { postgresEngine } from './postgres.engine.js';
import { loadSecrets, type Secrets } from './secrets.js';

export const ENGINE_NAMES = ['postgres', 'nats', 'meilisearch'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

const TITLES = { postgres: 'PostgreSQL', nats: 'NATS', meilisearch: 'Meilisearch' };
const USUAL_PORTS = { postgres: 5442, nats: 4222, meilisearch: 7700 };

/** What to start and how. */
export interface EngineOptions {
  /** Data, secrets and logs live here. */
  dir: string;
  /** Which engines are wanted; all three unless told. */
  only?: readonly EngineName[];
  /** Deletes what an earlier run left in `dir`. */
  fresh?: boolean;
  /** False: faster, and lost in a power cut. For tests. */
  durable?: boolean;
  /** `usual` tries 5442, 4222 and 7700 first; `free` takes any. */
  ports?: 'usual' | 'free';
  /** NATS's accounts and users, as its configuration; the operator alone unless given. */
  natsUsers?: string;
  /** Told each step, one line each. */
  log?: (line: string) => void;
  env?: NodeJS.ProcessEnv;
}

/** Engines that run. `url` of PostgreSQL is the superuser's; all URLs contain their credentials. */
export interface Engines {
  postgres: { url: string };
  nats: { url: string; monitor?: string };
  meilisearch: { url: string; masterKey: string };
  /** Name and process id of every engine started here; containers and given engines have none. */
  processes(): { name: string; pid: number }[];
  /** Kills one engine, SIGKILL unless told; it stays down until `restart`. */
  kill(name: EngineName, signal?: NodeJS.Signals): Promise<void>;
  /** Stops the engine if it runs and starts it again, same port, same data. */
  restart(name: EngineName): Promise<void>;
  /** Calls the listener when an engine ends although nobody here asked for it. */
  onUnexpectedEnd(listener: (name: EngineName, how: string) => void): void;
  /** Ends what was started here. */
  stop(): Promise<void>;
}

/**
 * Starts the engines: those given by URL in the environment are taken as they are; else containers with `ENGINES=containers`;
 * else the programs that npm installed (Linux x64). Throws with what to do when none of these is possible.
 */
export async function startEngines(options: EngineOptions): Promise<Engines> {
  const { dir, only = ENGINE_NAMES, env = process.env, log = () => {} } = options;
  const given = givenEngines(env);
  const missing = only.filter((name) => !given[name]);
  if (options.fresh) await removePlace(dir);
  const secrets = loadSecrets(dir);
  const make = await maker(missing, options, secrets, env, log);
  const engines: Partial<Record<EngineName, Engine>> = {};
  const stop = async () => {
    await Promise.all(Object.values(engines).map((engine) => engine.remove()));
  };
  const results = await Promise.allSettled(
    missing.map(async (name) => {
      engines[name] = await make(name, options.ports ?? 'usual');
      try {
        await engines[name].start();
      } catch (error) {
        // Somebody took the port between the look and the start: two starts at the same moment do that to each other.
        if (await isFree(Number(new URL(engines[name].url).port))) throw error;
        engines[name] = await make(name, 'free');
        await engines[name].start();
      }
      log(`${TITLES[name]} is up on port ${new URL(engines[name].url).port}`);
    }),
  );
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  return running(given, engines, secrets, stop);
}

function running(
  given: Given,
  engines: Partial<Record<EngineName, Engine>>,
  secrets: Secrets,
  stop: () => Promise<void>,
): Engines {
  const mine = (name: EngineName): Engine => {
    const engine = engines[name];
    if (!engine) throw new Error(`${name} was not started here: it can be neither killed nor restarted.`);
    return engine;
  };
  const url = (name: EngineName) => engines[name]?.url ?? '';
  return {
    postgres: { url: given.postgres ?? url('postgres') },
    nats: { url: given.nats ?? url('nats'), monitor: engines.nats?.monitor },
    meilisearch: given.meilisearch ?? { url: url('meilisearch'), masterKey: secrets.meiliMasterKey },
    processes: () =>
      ENGINE_NAMES.flatMap((name) => {
        const pid = engines[name]?.pid();
        return pid === undefined ? [] : [{ name, pid }];
      }),
    kill: (name, signal = 'SIGKILL') => mine(name).kill(signal),
    restart: async (name) => {
      await mine(name).stop();
      await mine(name).start();
    },
    onUnexpectedEnd: (listener) => {
      for (const name of ENGINE_NAMES) engines[name]?.onUnexpectedEnd((how) => listener(name, how));
    },
    stop,
  };
}

type Maker = (name: EngineName, ports: 'usual' | 'free') => Promise<Engine>;

async function maker(
  names: readonly EngineName[],
  options: EngineOptions,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Maker> {
  if (env.ENGINES === 'containers' && names.length > 0) {
    // Only who asks for containers needs the packages that drive them.
    const { containerEngine } = await import('./container.engine.js');
    return (name) => containerEngine(name, secrets, env, options.natsUsers);
  }
  if (names.length > 0) refuseOtherPlatforms(process.platform, process.arch, names);
  const { dir, durable = true } = options;
  const place = names.length > 0 ? findPlace(dir, log) : { dir, user: undefined };
  return async (name, ports) => {
    const port = ports === 'free' ? await freePort() : await portNear(USUAL_PORTS[name], TITLES[name], log);
    const common = { place, port, durable, logFile: join(dir, 'logs', `${name}.log`) };
    if (name === 'postgres') return driven(postgresEngine({ ...common, password: secrets.postgresPassword }));
    if (name === 'meilisearch') return driven(meilisearchEngine({ ...common, masterKey: secrets.meiliMasterKey }));
    const monitorPort = await freePort();
    return driven(natsEngine({ ...common, monitorPort, password: secrets.natsPassword, users: options.natsUsers }));
  };
}
