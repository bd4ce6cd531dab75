import type { EntityManager } from 'typeorm';
import type { Load } from '#libs/contracts';

/**
 * Keeps the newest figures of experts; older ones, and those of the erased, change nothing. Answers with the experts who had reached their cap and take
 * requests again.
 */
export async function keepLoads(manager: EntityManager, loads: readonly Load[]): Promise<string[]> {
  const newest = new Map(loads.toSorted((a, b) => a.revision - b.revision).map((one) => [one.expertId, one]));
  const rows = [...newest.values()].sort((a, b) => (a.expertId < b.expertId ? -1 : 1));
  const ids = rows.map((row) => row.expertId);
  const before = await manager.query<{ id: string; open: number }[]>(
    'SELECT expert_id AS id, open FROM load WHERE expert_id = ANY($1::uuid[]) ORDER BY expert_id FOR UPDATE',
    [ids],
  );
  const kept = await manager.query<{ id: string; open: number; capacity: number | null }[]>(
    `INSERT INTO load AS l (expert_id, revision, open, asked, response_rate, changed_at)
     SELECT n."expertId", n.revision, n.open, n.asked, n."responseRate", clock_timestamp()
     FROM jsonb_to_recordset($1::jsonb) AS n ("expertId" uuid, revision int, open int, asked int, "responseRate" float8)
     WHERE NOT EXISTS (SELECT 1 FROM subject AS s WHERE s.type = 'expert' AND s.id = n."expertId" AND s.gone)
     ON CONFLICT (expert_id) DO UPDATE SET revision = EXCLUDED.revision, open = EXCLUDED.open, asked = EXCLUDED.asked,
       response_rate = EXCLUDED.response_rate, changed_at = EXCLUDED.changed_at
     WHERE l.revision < EXCLUDED.revision
     RETURNING expert_id AS id, open,
       (SELECT (s.features ->> 'capacity')::int FROM subject AS s WHERE s.type = 'expert' AND s.id = l.expert_id AND s.open) AS capacity`,
    [JSON.stringify(rows)],
  );
  const had = new Map(before.map((row) => [row.id, row.open]));
  return kept
    .filter(({ id, open, capacity }) => capacity !== null && open < capacity && (had.get(id) ?? 0) >= capacity)
    .map((row) => row.id);
}

/** Of the erased nothing stays. */
export async function forgetLoads(manager: EntityManager, expertIds: Iterable<string>): Promise<void> {
  await manager.query('DELETE FROM load WHERE expert_id = ANY($1::uuid[])', [[...expertIds]]);
}
