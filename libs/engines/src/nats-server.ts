import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { refuseOtherPlatforms } from './given.js';
import { driven, type Engine } from './local.engine.js';
import { natsEngine } from './nats.engine.js';
import { findPlace } from './place.js';
import { freePort } from './ports.js';

/** A NATS server of one's own. */
export interface NatsServer {
  url: string;
  monitor?: string;
  /** Kills it, SIGKILL unless told; it stays down until `start`. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again after a kill, same port, same streams. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one more NATS server on free ports with its data under `dir`: a test that stops it disturbs no other. `users` as in EngineOptions. */
export async function startNats(
  dir: string,
  env: NodeJS.ProcessEnv = process.env,
  users?: string,
): Promise<NatsServer> {
  const password = randomBytes(12).toString('hex');
  if (env.ENGINES === 'containers') {
    const { natsContainer } = await import('./container.engine.js');
    const engine = await natsContainer(password, env, users);
    await engine.start();
    return server(engine);
  }
  refuseOtherPlatforms(process.platform, process.arch, ['nats']);
  const place = findPlace(dir, () => {});
  const ports = { port: await freePort(), monitorPort: await freePort() };
  const engine = driven(natsEngine({ place, ...ports, password, users, logFile: join(dir, 'logs', 'nats.log') }));
  await engine.start();
  return server(engine);
}

function server(engine: Engine): NatsServer {
  const { url, monitor, start, remove } = engine;
  return { url, monitor, start, stop: remove, kill: (signal = 'SIGKILL') => engine.kill(signal) };
}
