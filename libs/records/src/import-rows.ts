import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { z } from 'zod';
import type { importResultSchema } from '#libs/contracts';
import { insertMany } from './bulk.js';
import { Tombstone } from './erasure.js';
import { ImportKey } from './import-key.entity.js';
import type { PointedError } from './problems.js';

export interface ImportRequest<Item> {
  source: string;
  rows: { row: number; externalKey?: string; item: Item }[];
  /** What decides about the outcome beside the rows: given anew, known rows count as changed. */
  terms?: unknown;
}

/** A row that keeps the rules. The steps fill in `id` when it is a known object, or add errors that keep it out. */
export interface Candidate<Draft> {
  draft: Draft;
  id?: string;
  errors: PointedError[];
}

/** What differs between kinds of objects. All run in the transaction of the import; `insert` and `update` are told each id once. */
export interface ImportSteps<Item, Draft> {
  /** The rules of one row alone. */
  prepare(item: Item): { draft: Draft; errors: PointedError[] };
  /** Finds the objects behind rows without a known key, and the rows that clash with others. */
  match(candidates: Candidate<Draft>[]): Promise<void>;
  insert(rows: { id: string; draft: Draft }[]): Promise<void>;
  update(rows: { id: string; draft: Draft }[]): Promise<void>;
}

type Results = z.input<typeof importResultSchema>['results'];

/**
 * Imports rows in the caller's transaction. An object is known by the source's key first, then by what `match` finds.
 * A row whose content the source has given before does nothing; a row that breaks a rule is rejected alone.
 */
export async function importRows<Item, Draft>(
  manager: EntityManager,
  { source, rows, terms = null }: ImportRequest<Item>,
  steps: ImportSteps<Item, Draft>,
): Promise<Results> {
  // The same file sent twice at once must not create everything twice.
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('import:' || $1, 0))`, [source]);
  const keys = rows.flatMap((row) => row.externalKey ?? []);
  const known = await keysOf(manager, source, keys);
  const erased = await Tombstone.among(manager, source, keys);

  const results: Results = [];
  const candidates: (Candidate<Draft> & { at: number; key?: string; hash: string })[] = [];
  const seen = new Set<string>();
  for (const [at, { row, externalKey: key, item }] of rows.entries()) {
    const before = key === undefined ? undefined : known.get(key);
    const hash = contentHash(item, terms);
    const refusal = key === undefined ? undefined : refusalOf(key, seen, erased);
    if (refusal) {
      results[at] = { row, outcome: 'rejected', errors: [refusal] };
    } else if (before?.contentHash === hash) {
      results[at] = { row, outcome: 'unchanged', id: before.id, errors: [] };
    } else {
      const { draft, errors } = steps.prepare(item);
      if (errors.length > 0) results[at] = { row, outcome: 'rejected', errors };
      else candidates.push({ at, key, hash, draft, id: before?.id, errors: [] });
    }
    if (key !== undefined) seen.add(key);
  }
  await steps.match(candidates);
  refuseRepeats(candidates);

  const toInsert: { id: string; draft: Draft }[] = [];
  const toUpdate: { id: string; draft: Draft }[] = [];
  const toRemember: ImportKey[] = [];
  for (const { at, key, hash, draft, id: knownId, errors } of candidates) {
    const row = rows[at]?.row ?? 0;
    if (errors.length > 0) {
      results[at] = { row, outcome: 'rejected', errors };
      continue;
    }
    const id = knownId ?? v7();
    (knownId ? toUpdate : toInsert).push({ id, draft });
    if (key !== undefined) toRemember.push({ source, externalKey: key, id, contentHash: hash });
    results[at] = { row, outcome: knownId ? 'updated' : 'created', id, errors: [] };
  }
  await steps.insert(toInsert);
  await steps.update(toUpdate);
  await remember(manager, toRemember, known);
  return results;
}

async function keysOf(manager: EntityManager, source: string, keys: string[]): Promise<Map<string, ImportKey>> {
  const rows = await manager
    .createQueryBuilder(ImportKey, 'k')
    .where('k.source = :source AND k.externalKey = ANY(:keys)', { source, keys })
    .getMany();
  return new Map(rows.map((row) => [row.externalKey, row]));
}

function refusalOf(key: string, seen: Set<string>, erased: Set<string>): PointedError | undefined {
  if (seen.has(key)) return { pointer: '/externalKey', detail: 'a row before this one has the same key' };
  if (erased.has(key)) {
    return { pointer: '/externalKey', detail: 'was erased on request; create it by hand if it is wanted again' };
  }
  return undefined;
}

function refuseRepeats(candidates: Candidate<unknown>[]): void {
  const ids = new Set<string>();
  for (const candidate of candidates) {
    if (!candidate.id || candidate.errors.length > 0) continue;
    if (ids.has(candidate.id))
      candidate.errors.push({ pointer: '', detail: 'a row before this one is the same object' });
    ids.add(candidate.id);
  }
}

async function remember(manager: EntityManager, rows: ImportKey[], known: Map<string, ImportKey>): Promise<void> {
  const stale = rows.filter((row) => known.has(row.externalKey));
  if (stale.length > 0) {
    await manager.query('DELETE FROM import_key WHERE source = $1 AND external_key = ANY($2)', [
      stale[0]?.source,
      stale.map((row) => row.externalKey),
    ]);
  }
  await insertMany(manager, ImportKey, rows);
}

/** Equal for equal content: a schema has put the fields of an item in one order. */
function contentHash(item: unknown, terms: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([terms, item]))
    .digest('base64url');
}
