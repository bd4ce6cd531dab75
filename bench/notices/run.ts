import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import { preferencesRpc, webhooksRpc } from '#libs/contracts';
import { CONSUMERS, connectNats, Nats, provisionStreams } from '#libs/messaging';
import { RpcClient } from '#libs/service';
import { eventually } from '#libs/testing';
import { asking, Neighbours } from '../../services/notifications/test/neighbours.js';
import { mulberry32 } from '../network.js';
import { Crew } from './crew.js';
import { auditMails, auditWebhooks, type MailFigures, type Posted } from './ledger.js';
import { makeWorld, mondayAtNine, type Person, type World } from './world.js';

export interface Options {
  databaseUrl: string;
  natsUrl: string;
  people: number;
  notices: number;
  /** Of the sender and of the mail server, besides the deaths that put the clock forward. */
  kills: number;
  seed: number;
  say?: (line: string) => void;
}

export interface Figures {
  notices: number;
  inInbox: number;
  failed: number;
  kills: { service: number; postOffice: number };
  mail: MailFigures;
  webhooks: ReturnType<typeof auditWebhooks>;
}

const HOUR_MS = 3_600_000;
/** Hours since Monday at nine at which it is looked again: in the evening, in the mornings of digests here and overseas, and on the Monday after. */
const LOOKS = [12.5, 23.1, 29.1, 47.1, 53.1, 167.1, 169.1, 173.1];
/** After those one a day, an hour later each day so that nobody's quiet hours are met for ever. */
const LAST_LOOKS = 20;
/**
 * A message or an endpoint that failed once comes again this soon, and a notice that gathers what comes in the same breath sooner still: that much is
 * waited for. Otherwise the clock would jump over the hour of a digest before all that belongs into it is there.
 */
const SHORT_REST_MS = 10_000;
const EVERYBODY = '/everybody';

/** Tells many people of many things while the sender and the mail server are killed at random, and compares what arrived with what should have. */
export async function tellEverybody(options: Options): Promise<Figures> {
  const { say = () => {} } = options;
  const random = mulberry32(options.seed);
  const dir = await mkdtemp(join(tmpdir(), 'ceresio-notices-'));
  const nc = await connectNats(options.natsUrl, 'test');
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 2 });
  const receiver = await startReceiver(random);
  const start = mondayAtNine(new Date());
  const env = {
    DATABASE_URL: options.databaseUrl,
    NATS_URL: options.natsUrl,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    WEBHOOK_PORTS: String(receiver.port),
  };
  const crew = new Crew(dir, env, start.getTime() - Date.now());
  try {
    await provisionStreams(nc);
    const world = makeWorld(new Neighbours(nc), options, start, random);
    await crew.start();
    await choose(world, new RpcClient(new Nats(nc)), receiver.url);
    say(`${world.people.length} people have chosen; ${world.notices} notices are on their way`);
    const waiting = () => dueAt(pool, nc, crew.now());
    const happening = all(world.happenings);
    await Promise.all([happening, chaos(crew, options.kills, random, waiting, Math.max(700, options.notices / 2))]);
    await drained(waiting);
    for (let look = 0; look < LOOKS.length + LAST_LOOKS && (await pending(pool)) > 0; look++) {
      const hours = LOOKS[look] ?? LOOKS.at(-1)! + (look - LOOKS.length + 1) * 25;
      await crew.killService(new Date(start.getTime() + hours * HOUR_MS));
      // Now and then also while digests go out.
      if (random() < 0.5) await chaos(crew, 1, random, waiting);
      await drained(waiting);
      say(`${hours} hours later: ${crew.mails().length} mails, ${await pending(pool)} deliveries still to come`);
    }
    const expected = await expectedPosts(pool, world);
    return {
      notices: world.notices,
      inInbox: await count(pool, `delivery WHERE channel = 'inbox' AND state = 'sent'`),
      failed: await count(pool, `delivery WHERE state = 'failed'`),
      kills: crew.kills,
      mail: auditMails(world.people, crew.mails(), crew.lives),
      webhooks: auditWebhooks(expected, receiver.posted),
    };
  } finally {
    await crew.stop();
    await Promise.all([nc.close(), pool.end(), receiver.close()]);
    await rm(dir, { recursive: true, force: true });
  }
}

/** A receiver that fails now and then. */
async function startReceiver(random: () => number) {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (random() < 0.003) return void response.writeHead(503).end();
      const notice = (JSON.parse(body) as { data: { id: string } }).data.id;
      posted.push({ at: Date.now(), path: request.url ?? '', id: String(request.headers['webhook-id']), notice });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    posted,
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function choose({ people }: World, rpc: RpcClient, url: string): Promise<void> {
  const one = async ({ kind, id, choice, hook }: Person) => {
    const ctx = asking({ kind, id });
    const { revision } = await rpc.call(preferencesRpc.get, {}, ctx);
    await rpc.call(preferencesRpc.put, { revision, preferences: choice }, ctx);
    if (hook) await rpc.call(webhooksRpc.create, { url: url + hook }, ctx);
  };
  for (let from = 0; from < people.length; from += 20) await Promise.all(people.slice(from, from + 20).map(one));
  await rpc.call(webhooksRpc.create, { url: url + EVERYBODY }, asking({ kind: 'coordinator', territories: ['*'] }));
}

async function all(happenings: World['happenings']): Promise<void> {
  for (let from = 0; from < happenings.length; from += 50) {
    await Promise.all(happenings.slice(from, from + 50).map((happen) => happen()));
  }
}

/** Kills at random moments while there is something to do. The moments are chosen, not waited for: that is what a crash is. */
async function chaos(
  crew: Crew,
  kills: number,
  random: () => number,
  waiting: () => Promise<number>,
  withinMs = 700,
): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    await pause(50 + random() * withinMs);
    if ((await waiting()) === 0 && kill > 0) return;
    if (random() < 0.65) await crew.killService();
    else await crew.killPostOffice();
  }
}

async function drained(waiting: () => Promise<number>): Promise<void> {
  await eventually(
    async () => {
      const left = await waiting();
      if (left > 0) throw new Error(`${left} events or deliveries are still due`);
    },
    { timeout: 900_000, every: 200 },
  );
}

/** Events that were not handled and deliveries whose time has come. */
async function dueAt(pool: pg.Pool, nc: NatsConnection, now: Date): Promise<number> {
  const manager = await jetstreamManager(nc);
  let events = 0;
  for (const stream of CONSUMERS.notifications ?? []) {
    const { num_pending, num_ack_pending } = await manager.consumers.info(stream, 'notifications');
    events += num_pending + num_ack_pending;
  }
  const { rows } = await pool.query<{ due: number }>(
    `SELECT (SELECT count(*) FROM delivery WHERE state = 'pending' AND next_at <= $1)::int
       + (SELECT count(*) FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id
          WHERE d.state = 'pending' AND d.next_at <= $1 AND (w.rest_until IS NULL OR w.rest_until <= $1))::int AS due`,
    [new Date(now.getTime() + SHORT_REST_MS)],
  );
  return events + rows[0]!.due;
}

const count = async (pool: pg.Pool, what: string): Promise<number> =>
  (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`)).rows[0]!.n;

const pending = async (pool: pg.Pool): Promise<number> =>
  (await count(pool, `delivery WHERE state = 'pending'`)) +
  (await count(pool, `webhook_delivery WHERE state = 'pending'`));

/** Which notices each webhook is to hear of: its owner's, everybody's on that of the platform; of nobody who wants none of their notices posted. */
async function expectedPosts(pool: pg.Pool, { people }: World): Promise<Map<string, Set<string>>> {
  const { rows } = await pool.query<{ id: string; recipient_id: string }>('SELECT id, recipient_id FROM notice');
  const own = Map.groupBy(rows, (row) => row.recipient_id);
  const everybody = new Set<string>();
  const expected = new Map([[EVERYBODY, everybody]]);
  for (const { id, choice, hook } of people) {
    const notices = choice.rhythms?.suggested?.webhook === 'never' ? [] : (own.get(id) ?? []);
    for (const notice of notices) everybody.add(notice.id);
    if (hook) expected.set(hook, new Set(notices.map((notice) => notice.id)));
  }
  return expected;
}
