import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { NoticeKind, NoticeParams, RecipientKind } from './notice.entity.js';

/** Something that somebody is to be told. */
export interface News {
  recipient: { kind: RecipientKind; id: string };
  kind: NoticeKind;
  aboutId: string;
  /** Tells one notice about the same thing from another, such as the second reminder from the first. */
  occasion?: string;
  opportunityId: string | null;
  suggestionId: string | null;
  params?: NoticeParams;
  /** It is kept in the inbox as done, and goes out nowhere. */
  muted?: boolean;
}

/** An owner's notice counts what was found: its messages wait for the suggestions that come in the same breath. */
const GATHER_MS = 1000;

interface Row {
  id: string;
  kind: NoticeKind;
  recipient_kind: RecipientKind;
  recipient_id: string;
  muted: boolean;
}

/**
 * Writes notices and a delivery for each channel in the transaction of `manager`. Who was told already is not told twice; a notice that was
 * closed because its cause had gone is open again. News for the erased are dropped.
 *
 * Each notice gets the next place in its recipient's inbox. The counter's row stays locked until this transaction ends, so places become visible
 * in their order: who has read up to a place has missed nothing before it. An id made from the clock could not promise that, for a
 * transaction that began earlier may commit later.
 */
export async function tell(manager: EntityManager, news: News[], channels: string[], now: Date): Promise<void> {
  // One order of inboxes for all: two transactions that lock the same ones must not wait for each other. Within an inbox the order of the news stays.
  const distinct = [
    ...new Map(news.map((one) => [`${inboxOf(one)}:${one.kind}:${one.aboutId}:${one.occasion ?? ''}`, one])).values(),
  ].sort((a, b) => (inboxOf(a) < inboxOf(b) ? -1 : Number(inboxOf(a) > inboxOf(b))));
  const placed = await takePlaces(manager, distinct);
  if (placed.length === 0) return;
  const rows = await manager.query<Row[]>(
    `INSERT INTO notice (id, recipient_kind, recipient_id, place, kind, about_id, occasion, opportunity_id, suggestion_id, params, muted, state, created_at)
     SELECT id, recipient_kind, recipient_id, place, kind, about_id, occasion, opportunity_id, suggestion_id, params, muted,
       CASE WHEN muted THEN 'done' ELSE 'unread' END, $12
     FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::uuid[], $7::text[], $8::uuid[], $9::uuid[], $10::jsonb[], $11::boolean[])
       AS n (id, recipient_kind, recipient_id, place, kind, about_id, occasion, opportunity_id, suggestion_id, params, muted)
     ON CONFLICT (recipient_kind, recipient_id, kind, about_id, occasion) DO UPDATE
       SET state = EXCLUDED.state, muted = EXCLUDED.muted, closed_at = NULL, revision = notice.revision + 1
       WHERE notice.closed_at IS NOT NULL
     RETURNING id, kind, recipient_kind, recipient_id, muted`,
    [
      placed.map(() => uuidv7()),
      placed.map(({ one }) => one.recipient.kind),
      placed.map(({ one }) => one.recipient.id),
      placed.map(({ place }) => String(place)),
      placed.map(({ one }) => one.kind),
      placed.map(({ one }) => one.aboutId),
      placed.map(({ one }) => one.occasion ?? ''),
      placed.map(({ one }) => one.opportunityId),
      placed.map(({ one }) => one.suggestionId),
      placed.map(({ one }) => JSON.stringify(one.params ?? {})),
      placed.map(({ one }) => one.muted ?? false),
      now,
    ],
  );
  await addDeliveries(
    manager,
    rows.filter((row) => !row.muted),
    channels,
    now,
  );
}

async function takePlaces(manager: EntityManager, news: News[]): Promise<{ one: News; place: bigint }[]> {
  const byInbox = Map.groupBy(news, inboxOf);
  const inboxes = [...byInbox.values()];
  const counters = await manager.query<{ kind: RecipientKind; id: string; last_place: string }[]>(
    `INSERT INTO recipient (kind, id, last_place)
     SELECT kind, id, n FROM unnest($1::text[], $2::uuid[], $3::int[]) AS r (kind, id, n)
     ON CONFLICT (kind, id) DO UPDATE SET last_place = recipient.last_place + EXCLUDED.last_place
       WHERE recipient.erased_at IS NULL
     RETURNING kind, id, last_place`,
    [
      inboxes.map(([first]) => first!.recipient.kind),
      inboxes.map(([first]) => first!.recipient.id),
      inboxes.map((inbox) => inbox.length),
    ],
  );
  return counters.flatMap(({ kind, id, last_place }) => {
    const inbox = byInbox.get(`${kind}:${id}`) ?? [];
    const first = BigInt(last_place) - BigInt(inbox.length) + 1n;
    return inbox.map((one, index) => ({ one, place: first + BigInt(index) }));
  });
}

async function addDeliveries(manager: EntityManager, notices: Row[], channels: string[], now: Date): Promise<void> {
  const wanted = notices.flatMap((notice) => channels.map((channel) => ({ notice, channel })));
  if (wanted.length === 0) return;
  await manager.query(
    `INSERT INTO delivery (id, notice_id, recipient_kind, recipient_id, channel, next_at, created_at)
     SELECT id, notice_id, recipient_kind, recipient_id, channel, next_at, $7
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[])
       AS d (id, notice_id, recipient_kind, recipient_id, channel, next_at)
     ON CONFLICT (notice_id, channel) DO UPDATE
       SET state = 'pending', attempts = 0, next_at = EXCLUDED.next_at, created_at = EXCLUDED.created_at, last_error = NULL,
           digest_at = NULL, letter_id = NULL, first_tried_at = NULL, claimed_until = NULL, token = NULL
       WHERE delivery.state = 'cancelled'`,
    [
      wanted.map(() => uuidv7()),
      wanted.map(({ notice }) => notice.id),
      wanted.map(({ notice }) => notice.recipient_kind),
      wanted.map(({ notice }) => notice.recipient_id),
      wanted.map(({ channel }) => channel),
      wanted.map(({ notice }) => new Date(now.getTime() + (notice.kind === 'suggestions-ready' ? GATHER_MS : 0))),
      now,
    ],
  );
  // The commit of this transaction wakes the senders (see DeliveryWaker).
  if (manager.queryRunner) manager.queryRunner.data.deliveriesAdded = true;
}

/** Closes the notices about these things that nobody has read (with `all` the others as well), and calls off what was still to be sent about them. */
export async function callOff(
  manager: EntityManager,
  kind: NoticeKind,
  aboutIds: string[],
  now: Date,
  all = false,
): Promise<void> {
  if (aboutIds.length === 0) return;
  await manager.query(
    `UPDATE notice SET state = 'done', closed_at = $3, revision = revision + 1
     WHERE kind = $1 AND about_id = ANY($2::uuid[]) AND ($4 OR state IN ('unread', 'snoozed'))`,
    [kind, aboutIds, now, all],
  );
  await manager.query(
    `UPDATE delivery SET state = 'cancelled', last_error = 'called-off'
     FROM notice WHERE notice.id = delivery.notice_id AND notice.kind = $1 AND notice.about_id = ANY($2::uuid[])
       AND delivery.state = 'pending'`,
    [kind, aboutIds],
  );
}

/** Empties an inbox for ever. The row that stays is a tombstone: an event that comes late finds it and is dropped. */
export async function forget(manager: EntityManager, kind: RecipientKind, id: string, now: Date): Promise<void> {
  await manager.query(
    `INSERT INTO recipient (kind, id, erased_at) VALUES ($1, $2, $3)
     ON CONFLICT (kind, id) DO UPDATE SET erased_at = coalesce(recipient.erased_at, EXCLUDED.erased_at)`,
    [kind, id, now],
  );
  for (const table of ['notice', 'preference', 'mute', 'unsubscribe_token', 'refused_address']) {
    await manager.query(`DELETE FROM ${table} WHERE recipient_kind = $1 AND recipient_id = $2`, [kind, id]);
  }
  await manager.query(`DELETE FROM webhook WHERE owner_kind = $1 AND owner_id = $2`, [kind, id]);
}

function inboxOf({ recipient }: News): string {
  return `${recipient.kind}:${recipient.id}`;
}
