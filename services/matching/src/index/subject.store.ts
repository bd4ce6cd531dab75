import type { EntityManager } from 'typeorm';
import type { SubjectType } from '#libs/contracts';
import { Counts } from '../frequency/counts.js';
import { addCounts } from '../frequency/frequency.store.js';
import { conceptsOf, type Indexable, termsOf } from './document.js';
import type { Copy, Features } from './features.js';

/** News of a subject from an event. */
export interface Notice {
  id: string;
  revision: number;
  /** Absent where it stays unnamed: the copy of its facts knows it. */
  owner?: string | undefined;
  /** Erased for good. */
  gone?: boolean;
  /** No longer to be found, from this moment. */
  closed?: boolean;
}

export interface DirtyRow {
  type: SubjectType;
  id: string;
  revision: number;
  copyRevision: number | null;
  indexedRevision: number | null;
  lookedRevision: number | null;
  gone: boolean;
  /** Its features were made by another version of the analysis. */
  stale: boolean;
}

/**
 * Notes what events tell: newer revisions make a row dirty, older ones change nothing, and what is gone stays gone.
 * Answers with the ids for which the news was news.
 */
export async function note(
  manager: EntityManager,
  type: SubjectType,
  notices: readonly Notice[],
): Promise<Set<string>> {
  const newest = new Map<string, Notice>();
  for (const one of notices) {
    const known = newest.get(one.id);
    if (!known || (!known.gone && (one.gone || one.revision > known.revision))) newest.set(one.id, one);
  }
  // Always in the same order, so that two transactions never wait for each other.
  const rows = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const written = await manager.query<{ id: string }[]>(
    `INSERT INTO subject AS s (type, id, revision, owner, gone, dirty_at)
     SELECT $1, id, revision, owner, gone, clock_timestamp()
     FROM unnest($2::uuid[], $3::int[], $4::uuid[], $5::boolean[], $6::boolean[]) AS n (id, revision, owner, gone, closed)
     ON CONFLICT (type, id) DO UPDATE SET
       revision = greatest(s.revision, EXCLUDED.revision), gone = EXCLUDED.gone, owner = coalesce(EXCLUDED.owner, s.owner),
       open = s.open AND NOT EXCLUDED.gone AND NOT s.id = ANY($7::uuid[]), dirty_at = clock_timestamp(), index_error = NULL
     WHERE NOT s.gone AND (s.revision < EXCLUDED.revision OR EXCLUDED.gone)
     RETURNING id`,
    [
      type,
      rows.map((row) => row.id),
      rows.map((row) => row.revision),
      rows.map((row) => row.owner ?? null),
      rows.map((row) => row.gone ?? false),
      rows.map((row) => row.closed ?? false),
      rows.filter((row) => row.closed).map((row) => row.id),
    ],
  );
  return new Set(written.map((row) => row.id));
}

/** Rows whose index entry is behind, oldest first; not those already in hand, nor of types whose owner cannot be asked now. */
export async function dirtyRows(
  manager: EntityManager,
  limit: number,
  inHand: readonly string[],
  types: readonly SubjectType[],
  version: string,
): Promise<DirtyRow[]> {
  return manager.query(
    `SELECT type, id, revision, copy_revision AS "copyRevision", indexed_revision AS "indexedRevision", looked_revision AS "lookedRevision", gone,
       open AND analysis IS DISTINCT FROM $4 AS stale FROM subject
     WHERE dirty_at IS NOT NULL AND index_error IS NULL AND type = ANY($2) AND id <> ALL($3::uuid[])
     ORDER BY dirty_at LIMIT $1`,
    [limit, types, inHand, version],
  );
}

/** Writes what the owner said. Ids without a copy do not exist there any more: they are closed. Answers with the copies that now stand and are to be found. */
export async function writeCopies(
  manager: EntityManager,
  type: SubjectType,
  ids: readonly string[],
  copies: readonly Copy[],
  version: string,
): Promise<Copy[]> {
  const before = await manager.query<{ id: string; features: Features }[]>(
    'SELECT id, features FROM subject WHERE type = $1 AND id = ANY($2::uuid[]) AND features IS NOT NULL',
    [type, ids],
  );
  const rows = copies.map((copy) => ({
    ...copy,
    concepts: [...conceptsOf(copy.features.evidence)],
    terms: copy.open ? termsOf(copy.features) : [],
  }));
  const [written] = await manager.query<[{ id: string; open: boolean; kept: boolean }[], number]>(
    `UPDATE subject s SET copy_revision = c.revision, revision = greatest(s.revision, c.revision), owner = c.owner, country = c.country, territory = c.territory,
       languages = c.languages, open = c.open AND NOT s.gone AND (c.revision >= s.revision OR s.open), concepts = c.concepts, terms = CASE WHEN s.gone THEN '{}' ELSE c.terms END,
       features = CASE WHEN c.open AND NOT s.gone THEN c.features END, analysis = $3
     FROM jsonb_to_recordset($2::jsonb) AS c (id uuid, revision int, owner uuid, country text, territory text, languages text[], open boolean,
       concepts text[], terms text[], features jsonb)
     WHERE s.type = $1 AND s.id = c.id AND coalesce(s.copy_revision, 0) <= c.revision
     RETURNING s.id, s.open, s.features IS NOT NULL AS kept`,
    [type, JSON.stringify(rows), version],
  );
  const known = new Set(copies.map((copy) => copy.id));
  const absent = ids.filter((id) => !known.has(id));
  if (absent.length > 0) {
    // What an erasure left behind here goes with it; the row itself stays as a tombstone.
    await manager.query(
      `UPDATE subject SET open = false, copy_revision = revision, country = NULL, territory = NULL, languages = '{}', concepts = '{}', terms = '{}', features = NULL
       WHERE type = $1 AND id = ANY($2::uuid[])`,
      [type, absent],
    );
  }
  await addCounts(manager, changes(type, before, copies, absent, written));
  const open = new Set(written.filter((row) => row.open).map((row) => row.id));
  return copies.filter((copy) => open.has(copy.id));
}

/** What the words in all evidence were counted by before, and are now. */
function changes(
  type: SubjectType,
  before: readonly { id: string; features: Features }[],
  copies: readonly Copy[],
  absent: readonly string[],
  written: readonly { id: string; kept: boolean }[],
) {
  const counts = new Counts();
  const kept = new Map(written.map((row) => [row.id, row.kept]));
  const gone = new Set(absent);
  for (const { id, features } of before) if (kept.has(id) || gone.has(id)) counts.add(type, features, -1);
  for (const { id, features } of copies) if (kept.get(id)) counts.add(type, features);
  return counts.changes();
}

/** Rows as documents are made of them; those that are not to be found are left out. */
export async function indexables(
  manager: EntityManager,
  type: SubjectType,
  ids: readonly string[],
): Promise<Indexable[]> {
  return manager.query(
    `SELECT id, copy_revision AS revision, owner, country, territory, languages, features FROM subject
     WHERE type = $1 AND id = ANY($2::uuid[]) AND open`,
    [type, ids],
  );
}

/** Notes that the index holds these revisions (null: no document). Rows that changed meanwhile stay dirty. */
export async function markIndexed(
  manager: EntityManager,
  type: SubjectType,
  rows: readonly { id: string; seen: number; indexed: number | null }[],
): Promise<void> {
  await manager.query(
    `UPDATE subject s SET indexed_revision = n.indexed, dirty_at = CASE WHEN s.revision <= n.seen THEN NULL ELSE s.dirty_at END
     FROM unnest($2::uuid[], $3::int[], $4::int[]) AS n (id, seen, indexed)
     WHERE s.type = $1 AND s.id = n.id`,
    [type, rows.map((row) => row.id), rows.map((row) => row.seen), rows.map((row) => row.indexed)],
  );
}

/** Notes that needs and saved searches know of these revisions, or will look at them. */
export async function markLooked(
  manager: EntityManager,
  type: SubjectType,
  rows: readonly { id: string; revision: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  await manager.query(
    `UPDATE subject s SET looked_revision = n.revision FROM unnest($2::uuid[], $3::int[]) AS n (id, revision) WHERE s.type = $1 AND s.id = n.id`,
    [type, rows.map((row) => row.id), rows.map((row) => row.revision)],
  );
}

/** Leaves a row aside that the search engine refuses; the next change of the subject tries again. */
export async function setAside(manager: EntityManager, type: SubjectType, id: string, error: string): Promise<void> {
  await manager.query('UPDATE subject SET index_error = $3 WHERE type = $1 AND id = $2', [type, id, error]);
}

/** Marks what another version of the analysis made, so that it is made again. Answers with how many. */
export async function markStale(manager: EntityManager, version: string): Promise<number> {
  const [, count] = await manager.query<[unknown, number]>(
    `UPDATE subject SET dirty_at = clock_timestamp(), index_error = NULL WHERE open AND copy_revision IS NOT NULL AND analysis IS DISTINCT FROM $1`,
    [version],
  );
  return count;
}

/** Makes rows dirty again because the index lost or never had them; all that are to be found when no ids are given. */
export async function markLost(manager: EntityManager, type: SubjectType, ids?: readonly string[]): Promise<void> {
  await manager.query(
    `UPDATE subject SET dirty_at = clock_timestamp(), indexed_revision = NULL, index_error = NULL
     WHERE type = $1 AND (open OR indexed_revision IS NOT NULL) AND ($2::uuid[] IS NULL OR id = ANY($2))`,
    [type, ids ?? null],
  );
}
