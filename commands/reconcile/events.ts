import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import { brings, CONSUMERS, handMissed, type MissedEvent, ownerOf } from '#libs/messaging';
import { type Check, type Difference, type Sources, sight } from './check.js';
import { idsIn } from './stream-ids.js';

const PAGE = 5000;
/** What a stream is about to forget is none of its losses. */
const EXPIRING_S = 3600;

interface SentRow {
  id: string;
  subject: string;
  sentSeq: number;
}

/** Everything that was sent lately is in its stream, and everything that a stream has given out is in the books of those who were to hear it. */
export function eventChecks(nc: NatsConnection, user: string, sources: Sources): Check[] {
  const services = Object.keys(sources) as (keyof Sources)[];
  return services.flatMap((owner) => {
    const stream = ownerOf(owner).toUpperCase();
    const hearers = services.filter((service) => CONSUMERS[service]?.includes(stream));
    const source = sources[owner];
    return [
      {
        service: owner,
        what: `events in ${stream}`,
        look: () => inStream(nc, user, source, stream),
        repair: again(source),
      },
      ...hearers.map((hearer) => ({
        service: hearer,
        what: `events heard from ${owner}`,
        look: () => heard(nc, { source, stream, hearer, inbox: sources[hearer] }),
        repair: handed(source, hearer, sources[hearer]),
      })),
    ];
  });
}

/** The relay publishes it once more, under its id: whoever has handled it does nothing. */
function again(source: DataSource): Check['repair'] {
  return async (differences) => {
    await source.query(
      `UPDATE outbox SET sent_at = NULL, stream_seq = NULL, claimed_until = NULL, claim_token = NULL WHERE id = ANY($1::uuid[])`,
      [differences.map(({ id }) => id)],
    );
  };
}

/** Published again it would reach all who have handled it, and be dropped as a duplicate for a while: it is handed to the one who missed it. */
function handed(source: DataSource, hearer: string, inbox: DataSource): Check['repair'] {
  return async (differences) => {
    for (let from = 0; from < differences.length; from += PAGE) {
      const ids = differences.slice(from, from + PAGE).map(({ id }) => id);
      const events = await source.query<MissedEvent[]>(
        'SELECT id, subject, envelope::text AS envelope FROM outbox WHERE id = ANY($1::uuid[])',
        [ids],
      );
      await handMissed(inbox.manager, hearer, events, 'reconcile');
    }
  };
}

async function inStream(nc: NatsConnection, user: string, source: DataSource, stream: string) {
  const maxAge = await maxAgeOf(nc, stream);
  // The rows' clock counts, and what is sent after this moment need not have been seen.
  const [{ now }] = await source.query<[{ now: string }]>('SELECT now()::text AS now');
  const ids = await idsIn(nc, stream, user);
  const found: Difference[] = [];
  let compared = 0;
  for await (const rows of sentRows(source, now, maxAge)) {
    compared += rows.length;
    for (const { id } of rows) if (!ids.has(id)) found.push({ id, how: 'missing' });
  }
  return sight(compared, found);
}

async function heard(
  nc: NatsConnection,
  { source, stream, hearer, inbox }: { source: DataSource; stream: string; hearer: string; inbox: DataSource },
) {
  const maxAge = await maxAgeOf(nc, stream);
  const [{ now }] = await source.query<[{ now: string }]>('SELECT now()::text AS now');
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  // What it has not acknowledged yet will still come.
  const done = (await jsm.consumers.info(stream, hearer)).ack_floor.stream_seq;
  const found: Difference[] = [];
  let compared = 0;
  for await (const rows of sentRows(source, now, maxAge)) {
    const due = rows.filter(
      ({ subject, sentSeq }) => sentSeq <= done && brings(hearer, stream, subject.split('.')[1] ?? ''),
    );
    compared += due.length;
    const known = await inbox.query<{ id: string }[]>(
      `SELECT event_id AS id FROM inbox WHERE consumer = $1 AND event_id = ANY($2::uuid[])
       UNION SELECT event_id FROM dead_letter WHERE consumer = $1 AND event_id = ANY($2::uuid[]) AND resolved_at IS NULL AND requeued_at IS NULL`,
      [hearer, due.map(({ id }) => id)],
    );
    const ids = new Set(known.map(({ id }) => id));
    for (const { id } of due) if (!ids.has(id)) found.push({ id, how: 'lost' });
  }
  return sight(compared, found);
}

/** Sent before a moment, and not so long ago that the stream forgets it. */
async function* sentRows(source: DataSource, now: string, maxAgeS: number): AsyncGenerator<SentRow[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await source.query<(Omit<SentRow, 'sentSeq'> & { sentSeq: string })[]>(
      `SELECT id, subject, stream_seq AS "sentSeq" FROM outbox
       WHERE id > $1 AND sent_at <= $2::timestamptz AND ($3 = 0 OR sent_at > $2::timestamptz - ($3 - $4) * interval '1 second')
       ORDER BY id LIMIT $5`,
      [after, now, maxAgeS, Math.min(EXPIRING_S, maxAgeS / 10), PAGE],
    );
    if (rows.length === 0) return;
    yield rows.map((row) => ({ ...row, sentSeq: Number(row.sentSeq) }));
    after = rows.at(-1)!.id;
  }
}

async function maxAgeOf(nc: NatsConnection, stream: string): Promise<number> {
  const jsm: JetStreamManager = await jetstreamManager(nc, { checkAPI: false });
  return (await jsm.streams.info(stream)).config.max_age / 1e9;
}
