import type { EntityManager } from 'typeorm';
import { type Load, loadChanged, type Party } from '#libs/contracts';
import type { Outbox } from '#libs/messaging';
import { OPEN } from '../interest/transitions.js';

type Figures = Omit<Load, 'expertId' | 'revision'>;

/** What is counted of an expert's past. */
const PAST = '365 days';

/** Requests that an expert has in hand. Exact while the caller holds the expert's lock. */
export async function openRequests(manager: EntityManager, expertId: string): Promise<number> {
  const [row] = await manager.query<{ open: number }[]>(
    `SELECT count(*)::int AS open FROM interest WHERE asked_kind = 'expert' AND asked_id = $1 AND state = ANY($2)`,
    [expertId, OPEN],
  );
  return row?.open ?? 0;
}

/** Counts anew what the experts among `parties` were asked, in the transaction that changed it and under their locks; tells others where it differs. */
export async function keepLoads(
  manager: EntityManager,
  outbox: Outbox,
  parties: readonly Party[],
  now: Date,
): Promise<void> {
  const ids = [...new Set(parties.filter(({ kind }) => kind === 'expert').map(({ id }) => id))];
  for (const expertId of ids) {
    const { open, asked, responseRate, medianHours } = await figuresOf(manager, expertId, now);
    const [changed] = await manager.query<{ revision: number }[]>(
      `INSERT INTO load AS l (expert_id, revision, open, asked, response_rate, median_hours) VALUES ($1, 1, $2, $3, $4, $5)
       ON CONFLICT (expert_id) DO UPDATE SET revision = l.revision + 1, open = EXCLUDED.open, asked = EXCLUDED.asked,
         response_rate = EXCLUDED.response_rate, median_hours = EXCLUDED.median_hours
       WHERE (l.open, l.asked, l.response_rate, l.median_hours) IS DISTINCT FROM
         (EXCLUDED.open, EXCLUDED.asked, EXCLUDED.response_rate, EXCLUDED.median_hours)
       RETURNING revision`,
      [expertId, open, asked, responseRate, medianHours],
    );
    if (!changed) continue;
    const data = { expertId, revision: changed.revision, open, asked, responseRate, medianHours };
    await outbox.add(manager, loadChanged, { aggregateId: expertId, data });
  }
}

async function figuresOf(manager: EntityManager, expertId: string, now: Date): Promise<Figures> {
  const [row] = await manager.query<{ asked: number; in_time: number; median: number | null }[]>(
    `SELECT count(*)::int AS asked, count(*) FILTER (WHERE answered_at <= due_at)::int AS in_time,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - created_at) / 3600) AS median
     FROM interest
     WHERE asked_kind = 'expert' AND asked_id = $1 AND (answered_at IS NOT NULL OR state = 'expired')
       AND coalesce(answered_at, due_at) > $2::timestamptz - interval '${PAST}'`,
    [expertId, now],
  );
  const { asked, in_time, median } = row!;
  return {
    open: await openRequests(manager, expertId),
    asked,
    responseRate: asked === 0 ? null : Math.round((in_time / asked) * 1000) / 1000,
    medianHours: median === null ? null : Math.round(median * 10) / 10,
  };
}
