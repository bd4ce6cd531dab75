import { setTimeout as pause } from 'node:timers/promises';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from 'testcontainers';
import type { EngineName } from './engines.js';
import type { Engine } from './local.engine.js';
import { INDEXING_MEMORY } from './meilisearch.engine.js';
import { NATS_USER, natsConfig } from './nats.engine.js';
import { freePort } from './ports.js';
import { postgresAnswers } from './postgres.engine.js';
import type { Secrets } from './secrets.js';

// Fixed host ports: a container that was killed and started again must be found where it was.
const binding = (container: number, host: number) => ({ container, host });

/** One engine as a container. Images: POSTGRES_IMAGE, NATS_IMAGE, MEILISEARCH_IMAGE, else those named here. */
export function containerEngine(
  name: EngineName,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
  natsUsers?: string,
): Promise<Engine> {
  if (name === 'postgres') return postgresContainer(secrets.postgresPassword, env);
  if (name === 'nats') return natsContainer(secrets.natsPassword, env, natsUsers);
  return meilisearchContainer(secrets.meiliMasterKey, env);
}

async function postgresContainer(password: string, env: NodeJS.ProcessEnv): Promise<Engine> {
  const port = await freePort();
  const container = new PostgreSqlContainer(env.POSTGRES_IMAGE ?? 'postgres:18')
    .withUsername('postgres')
    .withPassword(password)
    .withDatabase('postgres')
    .withExposedPorts(binding(5432, port))
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=300']);
  const url = `postgresql://postgres:${password}@${await host()}:${port}/postgres`;
  return engine(
    { url },
    () => container.start(),
    () => postgresAnswers(url),
  );
}

/** A NATS server as a container, set up by the same file as any other. */
export async function natsContainer(password: string, env: NodeJS.ProcessEnv, users?: string): Promise<Engine> {
  const { server, users: everybody } = natsConfig();
  const [port, monitorPort] = [await freePort(), await freePort()];
  const config = '/etc/ceresio-nats.conf';
  const container = new GenericContainer(env.NATS_IMAGE ?? 'nats:2.11')
    // Users stand in the file alone: a server that is also given one by an argument refuses accounts, or not, as chance has it.
    .withCommand(['--config', config])
    .withCopyContentToContainer([
      { content: server, target: config },
      { content: users ?? everybody, target: '/etc/users.conf' },
    ])
    .withEnvironment({
      NATS_HOST: '0.0.0.0',
      NATS_PORT: '4222',
      NATS_MONITOR: '0.0.0.0:8222',
      NATS_STORE: '/tmp/jetstream',
      NATS_USER,
      NATS_PASSWORD: JSON.stringify(password),
    })
    .withExposedPorts(binding(4222, port), binding(8222, monitorPort))
    .withWaitStrategy(Wait.forHttp('/healthz', 8222));
  const monitor = `http://${await host()}:${monitorPort}`;
  const url = `nats://${NATS_USER}:${password}@${await host()}:${port}`;
  return engine(
    { url, monitor },
    () => container.start(),
    async () => (await fetch(`${monitor}/healthz`)).ok,
  );
}

async function meilisearchContainer(masterKey: string, env: NodeJS.ProcessEnv): Promise<Engine> {
  const port = await freePort();
  const container = new GenericContainer(env.MEILISEARCH_IMAGE ?? 'getmeili/meilisearch:v1.21')
    .withEnvironment({
      MEILI_MASTER_KEY: masterKey,
      MEILI_ENV: 'production',
      MEILI_NO_ANALYTICS: 'true',
      MEILI_MAX_INDEXING_MEMORY: INDEXING_MEMORY,
    })
    .withExposedPorts(binding(7700, port))
    .withWaitStrategy(Wait.forHttp('/health', 7700));
  const url = `http://${await host()}:${port}`;
  return engine(
    { url },
    () => container.start(),
    async () => (await fetch(`${url}/health`)).ok,
  );
}

function engine(
  addresses: { url: string; monitor?: string },
  make: () => Promise<StartedTestContainer>,
  ready: () => Promise<boolean>,
): Engine {
  let made: StartedTestContainer | undefined;
  let up = false;
  const handle = async () => (await getContainerRuntimeClient()).container.getById(made?.getId() ?? '');
  return {
    ...addresses,
    pid: () => undefined,
    start: async () => {
      if (made) await (await handle()).start();
      else made = await make();
      const deadline = Date.now() + 60_000;
      while (!(await ready().catch(() => false))) {
        if (Date.now() > deadline)
          throw new Error(`The container at ${new URL(addresses.url).host} was not ready within 60 s.`);
        await pause(50);
      }
      up = true;
    },
    // A container that stops keeps its data until it is removed, at the end of the run.
    stop: async () => {
      if (up) await (await handle()).stop();
      up = false;
    },
    kill: async (signal) => {
      if (!up) return;
      const container = await handle();
      await container.kill({ signal });
      await container.wait();
      up = false;
    },
    remove: async () => {
      await made?.stop({ remove: true, removeVolumes: true });
      made = undefined;
    },
    onUnexpectedEnd: () => {},
  };
}

async function host(): Promise<string> {
  return (await getContainerRuntimeClient()).info.containerRuntime.host;
}
