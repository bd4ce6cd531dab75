import { join } from 'node:path';
import { type Given, givenEngines, refuseOtherPlatforms } from './given.js';
import { driven, type Engine } from './local.engine.js';
import { meilisearchEngine } from './meilisearch.engine.js';
import { natsEngine } from './nats.engine.js';
import { findPlace, removePlace } from './place.js';
import { freePort, portNear } from './ports.js';
import { postgresEngine } from './postgres.engine.js';
import { loadSecrets, type Secrets } from './secrets.js';

export const ENGINE_NAMES = ['postgres', 'nats', 'meilisearch'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

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
  if (options.fresh) removePlace(dir);
  const secrets = loadSecrets(dir);
  const engines = await make(missing, options, secrets, env, log);
  const started: EngineName[] = [];
  const stop = async () => {
    await Promise.all(started.map((name) => engines[name]?.remove()));
  };
  const results = await Promise.allSettled(
    missing.map(async (name) => {
      started.push(name);
      await engines[name]?.start();
      log(`${name} is up`);
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

async function make(
  names: readonly EngineName[],
  options: EngineOptions,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Partial<Record<EngineName, Engine>>> {
  if (names.length === 0) return {};
  if (env.ENGINES === 'containers') {
    // Only who asks for containers needs the packages that drive them.
    const { containerEngines } = await import('./container.engine.js');
    return containerEngines(names, secrets, env);
  }
  refuseOtherPlatforms(process.platform, process.arch, names);
  const { dir, durable = true } = options;
  const place = findPlace(dir, log);
  const port = (usual: number, what: string) => (options.ports === 'free' ? freePort() : portNear(usual, what, log));
  const engines: Partial<Record<EngineName, Engine>> = {};
  for (const name of names) {
    const logFile = join(dir, 'logs', `${name}.log`);
    if (name === 'postgres') {
      const password = secrets.postgresPassword;
      engines[name] = driven(
        postgresEngine({ place, durable, port: await port(5442, 'PostgreSQL'), password, logFile }),
      );
    } else if (name === 'nats') {
      const password = secrets.natsPassword;
      const ports = { port: await port(4222, 'NATS'), monitorPort: await freePort() };
      engines[name] = driven(natsEngine({ place, ...ports, password, logFile }));
    } else {
      const masterKey = secrets.meiliMasterKey;
      engines[name] = driven(
        meilisearchEngine({ place, durable, port: await port(7700, 'Meilisearch'), masterKey, logFile }),
      );
    }
  }
  return engines;
}
