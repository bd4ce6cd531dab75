import type { EntityManager } from 'typeorm';
import { type Alert, SOUGHT_TYPES, type SubjectType } from '#libs/contracts';
import type { AlertEntity } from './alert.entity.js';

/** A subject that has become searchable as it is now, and has not been held against the saved searches. */
export interface Unseen {
  type: SubjectType;
  id: string;
  version: number;
}

/** What a saved search found: subjects with their scores. */
export interface Hits {
  alert: AlertEntity;
  best: number;
  found: readonly { id: string; score: number }[];
}

/** The search that finds subjects of a type. */
export const seekFor = (type: SubjectType): Alert['seek'] =>
  (Object.keys(SOUGHT_TYPES) as Alert['seek'][]).find((seek) => SOUGHT_TYPES[seek] === type)!;

/** Notes, in the caller's transaction, that these have become searchable as they are now, where anybody's saved search looks for such. */
export async function noteForAlerts(manager: EntityManager, type: SubjectType, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `INSERT INTO alert_subject AS u (type, id) SELECT $1, id FROM unnest($2::uuid[]) AS n (id)
     WHERE EXISTS (SELECT 1 FROM alert WHERE seek = $3) ORDER BY id
     ON CONFLICT (type, id) DO UPDATE SET version = u.version + 1`,
    [type, [...ids], seekFor(type)],
  );
}

/** Subjects to be held against the saved searches, those that wait longest first. */
export function unseen(manager: EntityManager, limit: number): Promise<Unseen[]> {
  return manager.query('SELECT type, id, version FROM alert_subject ORDER BY noted_at, id LIMIT $1', [limit]);
}

/** Done, unless they have changed again meanwhile. */
export async function seen(manager: EntityManager, subjects: readonly Unseen[]): Promise<void> {
  await manager.query(
    `DELETE FROM alert_subject AS u USING unnest($1::text[], $2::uuid[], $3::int[]) AS n (type, id, version)
     WHERE u.type = n.type AND u.id = n.id AND u.version = n.version`,
    [subjects.map(({ type }) => type), subjects.map(({ id }) => id), subjects.map(({ version }) => version)],
  );
}

/** What was there when a search was saved or changed: it is never told of. */
export async function keepKnown(
  manager: EntityManager,
  alertId: string,
  found: readonly { id: string; score: number }[],
  now: Date,
): Promise<void> {
  await insertHits(manager, alertId, found, true, now);
}

/**
 * Keeps what was there when a search was saved without the search engine. What has become searchable meanwhile is not part of it: it is held against the
 * search next, and told of.
 */
export async function keepFirst(
  manager: EntityManager,
  { id, revision, seek }: AlertEntity,
  { best, found }: Pick<Hits, 'best' | 'found'>,
  now: Date,
): Promise<void> {
  const [, same] = await manager.query<[unknown, number]>(
    'UPDATE alert SET pending = false, best = $3::real WHERE id = $1 AND revision = $2 AND pending',
    [id, revision, best],
  );
  if (same === 0) return;
  const news = await manager.query<{ id: string }[]>(
    `SELECT id FROM alert_subject WHERE type = $1 UNION SELECT id FROM subject WHERE type = $1 AND dirty_at IS NOT NULL`,
    [SOUGHT_TYPES[seek]],
  );
  const fresh = new Set(news.map((row) => row.id));
  await keepKnown(
    manager,
    id,
    found.filter((one) => !fresh.has(one.id)),
    now,
  );
}

/** Keeps what is new among what a search found, to be told of. A search that was changed or removed meanwhile has found nothing. */
export async function keepHits(manager: EntityManager, { alert, best, found }: Hits, now: Date): Promise<void> {
  const [same] = await manager.query<unknown[]>('SELECT 1 FROM alert WHERE id = $1 AND revision = $2 FOR UPDATE', [
    alert.id,
    alert.revision,
  ]);
  if (!same) return;
  const fresh = await insertHits(manager, alert.id, found, false, now);
  await manager.query(
    `UPDATE alert SET best = greatest(best, $2::real), due_at = CASE WHEN $4::boolean THEN coalesce(due_at, $3::timestamptz) ELSE due_at END WHERE id = $1`,
    [alert.id, best, now, fresh > 0],
  );
}

async function insertHits(
  manager: EntityManager,
  alertId: string,
  found: readonly { id: string; score: number }[],
  known: boolean,
  now: Date,
): Promise<number> {
  const rows = await manager.query<unknown[]>(
    `INSERT INTO alert_hit (alert_id, subject_id, known, score, found_at, told_at)
     SELECT $1, id, $4::boolean, score, $5::timestamptz, CASE WHEN $4::boolean THEN $5::timestamptz END FROM unnest($2::uuid[], $3::real[]) AS n (id, score)
     ON CONFLICT (alert_id, subject_id) DO NOTHING RETURNING 1`,
    [alertId, found.map(({ id }) => id), found.map(({ score }) => score), known, now],
  );
  return rows.length;
}

/** Takes what a search has not told of, the best first; what is no longer to be found is not told of at all. */
export async function takeUntold(manager: EntityManager, { id, seek }: AlertEntity, now: Date): Promise<string[]> {
  const [rows] = await manager.query<[{ id: string; score: number; open: boolean }[], number]>(
    `UPDATE alert_hit AS h SET told_at = $2 WHERE h.alert_id = $1 AND h.told_at IS NULL
     RETURNING h.subject_id AS id, h.score, EXISTS (SELECT 1 FROM subject AS s WHERE s.type = $3 AND s.id = h.subject_id AND s.open) AS open`,
    [id, now, SOUGHT_TYPES[seek]],
  );
  return rows
    .filter((row) => row.open)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map((row) => row.id);
}

/** What a search that is paused has found and not yet told of is never told. */
export async function forgetUntold(manager: EntityManager, alertId: string, now: Date): Promise<void> {
  await manager.query('UPDATE alert_hit SET told_at = $2 WHERE alert_id = $1 AND told_at IS NULL', [alertId, now]);
  await manager.query('UPDATE alert SET due_at = NULL WHERE id = $1', [alertId]);
}

/** Removes the saved searches of the erased, and the erased from what others found. */
export async function forgetAlerts(
  manager: EntityManager,
  kind: 'firm' | 'expert',
  ids: Iterable<string>,
): Promise<void> {
  const gone = [...ids];
  await manager.query('DELETE FROM alert WHERE owner_kind = $1 AND owner_id = ANY($2::uuid[])', [kind, gone]);
  await manager.query('DELETE FROM alert_hit WHERE subject_id = ANY($1::uuid[])', [gone]);
  // Answers kept for repeated requests show what was sought.
  await manager.query(`DELETE FROM idempotency WHERE split_part(actor, ' ', 1) = ANY($1)`, [
    gone.map((id) => `${kind}:${id}`),
  ]);
}
