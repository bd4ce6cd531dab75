import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Meilisearch } from 'meilisearch';
import { eventually, testDirectory } from '#libs/testing';
import { ENGINE_NAMES, type Engines, startEngines } from './engines.js';
import { asSuperuser } from './provision-databases.js';

// The engines of npm, whatever the rest of the run uses.
const env = {};

async function occupy(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  // Taken by somebody else already: just as good.
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  );
}

async function withNats<T>(url: string, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const { host, username, password } = new URL(url);
  const connection = await connect({ servers: host, user: username, pass: password, reconnect: false });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

describe('Engines from npm', () => {
  const said: string[] = [];
  const squatters: (Server | undefined)[] = [];
  let dir: string;
  let engines: Engines;

  beforeAll(async () => {
    dir = testDirectory('engines');
    for (const port of [5442, 4222, 7700]) squatters.push(await occupy(port));
    engines = await startEngines({ dir, durable: false, env, log: (line) => said.push(line) });
  });

  afterAll(async () => {
    for (const squatter of squatters) squatter?.close();
    await engines?.stop();
  });

  it('take another port where the usual one is taken, and say which', () => {
    for (const [port, url] of [
      [5442, engines.postgres.url],
      [4222, engines.nats.url],
      [7700, engines.meilisearch.url],
    ] as const) {
      const other = new URL(url).port;
      expect(other).not.toBe(String(port));
      expect(said).toContainEqual(expect.stringMatching(new RegExp(`Port ${port} is taken: .* uses ${other}`)));
    }
  });

  it('let nobody in without a password', async () => {
    const { host } = new URL(engines.nats.url);
    await expect(connect({ servers: host, reconnect: false })).rejects.toThrow(/authorization/i);
    const stranger = new URL(engines.postgres.url);
    stranger.password = 'guess';
    await expect(asSuperuser(stranger.href, async () => {})).rejects.toThrow(/password authentication failed/);
    expect((await fetch(`${engines.meilisearch.url}/indexes`)).status).toBe(401);
    expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('refuse a message of more than 256 KiB', async () => {
    await withNats(engines.nats.url, async (connection) => {
      expect(connection.info?.max_payload).toBe(262_144);
    });
  });

  it('keep everything that was confirmed when they are killed and started again', async () => {
    await asSuperuser(engines.postgres.url, async (client) => {
      await client.query('CREATE TABLE kept (word text)');
      await client.query("INSERT INTO kept VALUES ('Ceresio')");
    });
    await withNats(engines.nats.url, async (connection) => {
      await (await jetstreamManager(connection)).streams.add({ name: 'KEPT', subjects: ['kept'] });
      await jetstream(connection).publish('kept', 'Ceresio');
    });
    const meili = () => new Meilisearch({ host: engines.meilisearch.url, apiKey: engines.meilisearch.masterKey });
    await meili()
      .index('kept')
      .addDocuments([{ id: 1, word: 'Ceresio' }])
      .waitTask({ timeout: 60_000 });

    const before = engines.processes();
    for (const name of ENGINE_NAMES) {
      await engines.kill(name);
      await engines.restart(name);
    }

    expect(engines.processes().map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    for (const { pid } of before) expect(isAlive(pid)).toBe(false);
    await asSuperuser(engines.postgres.url, async (client) => {
      expect((await client.query('SELECT word FROM kept')).rows).toEqual([{ word: 'Ceresio' }]);
    });
    await withNats(engines.nats.url, async (connection) => {
      const stream = await (await jetstreamManager(connection)).streams.get('KEPT');
      expect((await stream.getMessage({ seq: 1 }))?.string()).toBe('Ceresio');
    });
    expect(await meili().index('kept').getDocument(1)).toMatchObject({ word: 'Ceresio' });
  });

  it('report an engine that ends by itself, but not one that was asked to', async () => {
    const ended: string[] = [];
    engines.onUnexpectedEnd((name, how) => ended.push(`${name} ${how}`));
    await engines.restart('nats');
    const meilisearch = engines.processes().find(({ name }) => name === 'meilisearch');
    process.kill(meilisearch?.pid ?? 0, 'SIGKILL');
    await eventually(() => expect(ended).toEqual(['meilisearch SIGKILL']));
    await engines.restart('meilisearch');
  });
});

describe('A process that starts engines', () => {
  it('takes them along when it is killed, and the next start finds the data', async () => {
    const dir = testDirectory('orphans');
    const script = join(dir, 'parent.mjs');
    const source = join(import.meta.dirname, 'engines.ts');
    writeFileSync(
      script,
      `import { startEngines } from ${JSON.stringify(source)};
       const engines = await startEngines({ dir: ${JSON.stringify(dir)}, ports: 'free', env: {}, durable: false });
       console.log(JSON.stringify(engines.processes()));
       setInterval(() => {}, 1000);`,
    );
    const parent = spawn(
      process.execPath,
      ['--conditions=source', '--import', '@swc-node/register/esm-register', script],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const pids = (JSON.parse(line) as { pid: number }[]).map(({ pid }) => pid);
    expect(pids).toHaveLength(3);
    for (const pid of pids) expect(isAlive(pid)).toBe(true);

    parent.kill('SIGKILL');
    await eventually(() => expect(pids.filter(isAlive)).toEqual([]));

    const engines = await startEngines({ dir, ports: 'free', env, durable: false });
    expect(
      await asSuperuser(engines.postgres.url, async (client) => (await client.query('SELECT 1 AS one')).rows),
    ).toEqual([{ one: 1 }]);
    await engines.stop();
    expect(engines.processes()).toEqual([]);
  });
});
