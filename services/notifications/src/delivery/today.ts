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
    `SELECT r.kind, r.id, count(DISTINCT coalesce(d.letter_id, d.id)) FILTER (WHERE d.state = 'sent' OR d.claimed_until > $6)::int AS sent,
       coalesce(bool_or(d.state = 'pending' AND d.digest_at < r.ends AND coalesce(d.claimed_until <= $6, true)), false) AS waiting
     FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) AS r (kind, id, starts, ends)
     JOIN delivery d ON d.recipient_kind = r.kind AND d.recipient_id = r.id AND d.channel = $5 AND d.id <> ALL ($7::uuid[])
       AND ((d.state = 'sent' AND d.sent_at >= r.starts) OR (d.state = 'pending' AND (d.claimed_until > $6 OR d.digest_at < r.ends)))
     GROUP BY r.kind, r.id`,
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
