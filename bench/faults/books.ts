import { setTimeout as pause } from 'node:timers/promises';
import type { JetStreamManager } from '@nats-io/jetstream';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import pg from 'pg';
import { brings, CONSUMERS, connectNats, ownerOf } from '#libs/messaging';
import { type ConsumerBook, consumerBook } from './consumer-book.js';
import { effectBooks, type Finding } from './effects.js';
import type { Acknowledged } from './plan.js';
import type { Planted } from './planting.js';
import type { World } from './world.js';

export interface Balance {
  consumers: ConsumerBook[];
  /** One line for each thing that does not balance; empty when all is well. */
  broken: string[];
  lost: number;
  doubled: number;
  effects: number;
  deadLetters: number;
}

/** Within this everything has drained after healing. */
export const DRAIN_MS = 120_000;

/** Counts what became of every write and every event: by SQL and stream reads of its own, by nothing that a service says of itself. */
export class Books {
  private readonly pools = new Map<string, pg.Pool>();
  private nats?: NatsConnection;

  constructor(private readonly world: World) {}

  /** Rows of one service's database, as superuser. */
  async sql<T extends pg.QueryResultRow>(service: string, text: string, values: unknown[] = []): Promise<T[]> {
    let pool = this.pools.get(service);
    if (!pool) {
      const url = new URL(this.world.engines.postgres.url);
      url.pathname = `/${service}`;
      pool = new pg.Pool({ connectionString: url.href, max: 2, connectionTimeoutMillis: 5000 });
      // PostgreSQL is one of the victims: its end reaches idle connections as an error event.
      pool.on('error', () => {});
      this.pools.set(service, pool);
    }
    return (await pool.query<T>(text, values)).rows;
  }

  async ids(service: string, text: string, values: unknown[] = []): Promise<string[]> {
    return (await this.sql<{ id: string }>(service, text, values)).map(({ id }) => id);
  }

  async connection(): Promise<NatsConnection> {
    this.nats ??= await connectNats(this.world.operatorNatsUrl, 'books', { user: 'ceresio' });
    return this.nats;
  }

  async jetstream(): Promise<JetStreamManager> {
    return jetstreamManager(await this.connection(), { checkAPI: false });
  }

  /** Waits until nothing is on its way any more, 120 s at most; resolves to the milliseconds it took. What is left after that the balance shows. */
  async drain(timeout = DRAIN_MS): Promise<number> {
    const from = Date.now();
    let last = '';
    while (Date.now() - from < timeout) {
      const left = await this.onTheWay().catch((error: Error) => [error.message]);
      if (left.length === 0) return Date.now() - from;
      last = left.join(', ');
      await pause(250);
    }
    this.world.say(`not drained after ${timeout / 1000} s: ${last}`);
    return Date.now() - from;
  }

  /** What is still under way, one line each. */
  async onTheWay(): Promise<string[]> {
    const left: string[] = [];
    const count = async (service: string, what: string, from: string) => {
      const [row] = await this.sql<{ n: number }>(service, `SELECT count(*)::int AS n FROM ${from}`);
      if (row!.n > 0) left.push(`${row!.n} ${what} of ${service}`);
    };
    for (const service of Object.keys(CONSUMERS)) await count(service, 'unsent', 'outbox WHERE sent_at IS NULL');
    await count('matching', 'dirty subjects', 'subject WHERE dirty_at IS NOT NULL AND index_error IS NULL');
    await count('matching', 'match jobs', 'match_job');
    await count('notifications', 'inbox deliveries', `delivery WHERE state = 'pending' AND channel = 'inbox'`);
    const jsm = await this.jetstream();
    for (const [service, streams] of Object.entries(CONSUMERS)) {
      for (const stream of streams) {
        const { num_pending, num_ack_pending } = await jsm.consumers.info(stream, service);
        if (num_pending + num_ack_pending > 0) left.push(`${num_pending}+${num_ack_pending} ${stream} for ${service}`);
      }
    }
    return left;
  }

  /** Balances everything against what the writers were answered and what was planted. */
  async balance(acknowledged: readonly Acknowledged[], planted: readonly Planted[]): Promise<Balance> {
    const broken: string[] = [];
    const consumers: ConsumerBook[] = [];
    const told = await this.told();
    for (const consumer of Object.keys(CONSUMERS)) consumers.push(await this.consumer(consumer, told, planted, broken));
    const findings = [...(await this.writes(acknowledged)), ...(await effectBooks(this, acknowledged))];
    for (const { what, lost, doubled } of findings)
      if (lost + doubled > 0) broken.push(`${what}: ${lost} lost, ${doubled} doubled`);
    const sum = (of: (one: ConsumerBook) => number) => consumers.reduce((total, one) => total + of(one), 0);
    return {
      consumers,
      broken,
      lost: sum((one) => one.lost) + findings.reduce((total, one) => total + one.lost, 0),
      doubled: sum((one) => one.doubled) + findings.reduce((total, one) => total + one.doubled, 0),
      effects: sum((one) => one.effects),
      deadLetters: sum((one) => one.deadLetters),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.end().catch(() => {})));
    await this.nats?.close();
  }

  /** Events in every outbox, by stream. */
  private async told(): Promise<Map<string, { id: string; fact: string }[]>> {
    const told = new Map<string, { id: string; fact: string }[]>();
    for (const service of Object.keys(CONSUMERS)) {
      const rows = await this.sql<{ id: string; fact: string }>(
        service,
        `SELECT id, split_part(subject, '.', 2) AS fact FROM outbox`,
      );
      told.set(ownerOf(service).toUpperCase(), rows);
    }
    return told;
  }

  private async consumer(
    consumer: string,
    told: ReadonlyMap<string, readonly { id: string; fact: string }[]>,
    planted: readonly Planted[],
    broken: string[],
  ): Promise<ConsumerBook> {
    const events = (CONSUMERS[consumer] ?? []).flatMap((stream) =>
      (told.get(stream) ?? []).filter(({ fact }) => brings(consumer, stream, fact)).map(({ id }) => id),
    );
    const wrong = planted.filter(({ consumers }) => consumers.includes(consumer)).map(({ id }) => id);
    const heard = await this.ids(consumer, 'SELECT event_id AS id FROM inbox WHERE consumer = $1', [consumer]);
    const dead = await this.ids(consumer, 'SELECT event_id AS id FROM dead_letter WHERE consumer = $1', [consumer]);
    const { book, complaints } = consumerBook(consumer, { events, planted: wrong, heard, dead });
    broken.push(...complaints);
    return book;
  }

  /** Each acknowledged write is there once, under its key, at the revision that was answered or a higher one; and nothing is there that was not asked for. */
  private async writes(acknowledged: readonly Acknowledged[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    const owners = {
      company: 'companies',
      expert: 'experts',
      opportunity: 'companies',
      interest: 'cooperation',
    } as const;
    for (const [kind, service] of Object.entries(owners)) {
      const own = acknowledged.filter((write) => write.kind === kind);
      const rows = await this.sql<{ id: string; revision: number }>(service, `SELECT id, revision FROM ${kind}`);
      const revisions = new Map(rows.map(({ id, revision }) => [id, revision]));
      const made = new Set(own.map(({ id }) => id));
      findings.push({
        what: `acknowledged writes of a${/^[aeiou]/.test(kind) ? 'n' : ''} ${kind}`,
        lost: own.filter(({ id, revision }) => (revisions.get(id) ?? 0) < revision).length,
        doubled: rows.filter(({ id }) => !made.has(id)).length,
      });
    }
    for (const service of ['companies', 'experts', 'cooperation']) {
      const own = acknowledged.filter(({ kind }) => owners[kind] === service);
      const keys = await this.ids(service, 'SELECT key AS id FROM idempotency WHERE response IS NOT NULL');
      const known = new Set(keys);
      findings.push({
        what: `Idempotency-Keys of ${service}`,
        lost: own.filter(({ key }) => !known.has(key)).length,
        doubled: keys.length - known.size + Math.max(0, known.size - own.length),
      });
    }
    return findings;
  }
}
