import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { refuseOtherPlatforms } from './given.js';
import { driven, type Engine } from './local.engine.js';
import { type NatsOptions, natsEngine } from './nats.engine.js';
import { findPlace } from './place.js';
import { freePort } from './ports.js';

/** A NATS server of one's own. */
export interface NatsServer {
  url: string;
  monitor?: string;
  /** Undefined while it is down, and of a container. */
  pid(): number | undefined;
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

/** Starts several NATS servers that form one cluster, as deploy/nats/cluster.conf has it. Linux x64 only. */
export async function startNatsNodes(
  dir: string,
  count: number,
  shared: Pick<NatsOptions, 'users' | 'password'>,
): Promise<NatsServer[]> {
  refuseOtherPlatforms(process.platform, process.arch, ['nats']);
  const place = findPlace(dir, () => {});
  const password = randomBytes(12).toString('hex');
  const routes: number[] = [];
  while (routes.length < count) routes.push(await freePort());
  const nodes: Engine[] = [];
  for (const [i, port] of routes.entries()) {
    const name = `nats-${i + 1}`;
    const ports = { port: await freePort(), monitorPort: await freePort() };
    const cluster = { port, others: routes.filter((other) => other !== port), password };
    const logFile = join(dir, 'logs', `${name}.log`);
    nodes.push(driven(natsEngine({ place, name, ...ports, ...shared, cluster, logFile })));
  }
  // None is ready before the others are there to agree on a leader.
  await Promise.all(nodes.map((node) => node.start()));
  return nodes.map(server);
}

/** Starts a NATS server with settings of one's own in the place of deploy/nats/server.conf. Linux x64 only. */
export async function startNatsWith(settings: string, dir: string): Promise<NatsServer> {
  const place = findPlace(dir, () => {});
  const ports = { port: await freePort(), monitorPort: await freePort() };
  const password = randomBytes(12).toString('hex');
  const logFile = join(dir, 'logs', 'nats-own.log');
  const engine = driven(natsEngine({ place, name: 'nats-own', ...ports, password, settings, logFile }));
  await engine.start();
  return server(engine);
}

function server(engine: Engine): NatsServer {
  const { url, monitor, start, remove } = engine;
  return {
    ...{ url, monitor, start, stop: remove },
    pid: () => engine.pid(),
    kill: (signal = 'SIGKILL') => engine.kill(signal),
  };
}
