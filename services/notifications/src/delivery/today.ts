import type { EntityManager } from 'typeorm';
import type { RecipientKind } from '../notice/notice.entity.js';
import { keyOf, type Recipient } from '../preference/preference.store.js';
import { dayOf, type Today, type Wishes } from '../preference/schedule.js';

/**
 * What each recipient's day looks like on a channel, by `keyOf`: letters sent since their midnight or just being sent by somebody else, and whether
 * a digest is still to come. The rows in `claimed` are the caller's own and count for nothing.
 */
export async function todayOf(
  manager: EntityManager,
  channel: string,
  recipients: Recipient[],
  wishes: ReadonlyMap<string, Pick<Wishes, 'timeZone'>>,
  claimed: string[],
  now: Date,
): Promise<Map<string, Today>> {
  const distinct = [...new Map(recipients.map((one) => [keyOf(one), one])).values()];
  const days = distinct.map((one) => dayOf(now, wishes.get(keyOf(one))?.timeZone ?? 'utc'));
  const rows = await manager.query<{ kind: RecipientKind; id: string; sent: number; waiting: boolean }[]>(
    // Two branches, each with an index of its own: in one condition they would read the whole table.
    `SELECT r.kind, r.id, count(DISTINCT d.letter) FILTER (WHERE d.gone)::int AS sent, coalesce(bool_or(d.waiting), false) AS waiting
     FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS r (kind, id, starts, ends)
     CROSS JOIN LATERAL (
       SELECT coalesce(letter_id, id) AS letter, true AS gone, false AS waiting FROM delivery
       WHERE recipient_kind = r.kind AND recipient_id = r.id AND channel = $5 AND state = 'sent' AND sent_at >= r.starts
       UNION ALL
       SELECT coalesce(letter_id, id), coalesce(claimed_until > $6, false), digest_at < r.ends AND coalesce(claimed_until <= $6, true)
       FROM delivery
       WHERE recipient_kind = r.kind AND recipient_id = r.id AND channel = $5 AND state = 'pending' AND id <> ALL ($7::uuid[])
     ) AS d GROUP BY r.kind, r.id`,
    [
      distinct.map((one) => one.kind),
      distinct.map((one) => one.id),
      days.map((day) => day.start),
      days.map((day) => day.end),
      channel,
      now,
      claimed,
    ],
  );
  return new Map(rows.map((row) => [keyOf(row), { sent: row.sent, digestWaiting: row.waiting }]));
}
