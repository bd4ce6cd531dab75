import type { EntityManager } from 'typeorm';
import type { SubjectType } from '#libs/contracts';
import type { Features } from '../index/features.js';
import { type Count, Counts } from './counts.js';

const PAGE = 2000;

/** Adds changes to the counts, in the transaction that changes the copies. */
export async function addCounts(manager: EntityManager, changes: readonly Count[]): Promise<void> {
  if (changes.length === 0) return;
  await manager.query(
    `INSERT INTO frequency AS f (kind, scope, key, holders, changed)
     SELECT c.kind, c.scope, c.key, c.holders, n.changed
     FROM unnest($1::text[], $2::text[], $3::text[], $4::int[]) AS c (kind, scope, key, holders), nextval('frequency_change') AS n (changed)
     ON CONFLICT (kind, scope, key) DO UPDATE SET holders = f.holders + EXCLUDED.holders, changed = EXCLUDED.changed`,
    [
      changes.map((one) => one.kind),
      changes.map((one) => one.scope),
      changes.map((one) => one.key),
      changes.map((one) => one.holders),
    ],
  );
}

/** Counts after the given change, and the newest change there is. */
export async function countsSince(manager: EntityManager, since: bigint): Promise<{ counts: Count[]; newest: bigint }> {
  const counts = await manager.query<(Count & { changed: string })[]>(
    'SELECT kind, scope, key, holders, changed FROM frequency WHERE changed > $1',
    [since.toString()],
  );
  let newest = since;
  for (const { changed } of counts) if (BigInt(changed) > newest) newest = BigInt(changed);
  return { counts, newest };
}

/** Deletes what nobody has any more: the words of somebody who was erased must not stay behind. `until` is a change that every copy of the service has seen. */
export async function forgetUnused(manager: EntityManager, until: bigint): Promise<void> {
  await manager.query('DELETE FROM frequency WHERE holders = 0 AND changed <= $1', [until.toString()]);
}

/** Counts everything anew from the copies, page by page, and puts it in the place of what was counted. */
export async function recount(manager: EntityManager): Promise<void> {
  const counts = new Counts();
  for (let after: [SubjectType | '', string] = ['', '00000000-0000-0000-0000-000000000000']; ; ) {
    const rows = await manager.query<{ type: SubjectType; id: string; features: Features }[]>(
      'SELECT type, id, features FROM subject WHERE features IS NOT NULL AND (type, id) > ($1, $2::uuid) ORDER BY type, id LIMIT $3',
      [...after, PAGE],
    );
    for (const { type, features } of rows) counts.add(type, features);
    const last = rows.at(-1);
    if (!last) break;
    after = [last.type, last.id];
  }
  // What stood there and is counted no more must be seen to be gone.
  await manager.query(
    `UPDATE frequency SET holders = 0, changed = (SELECT nextval('frequency_change')) WHERE holders <> 0`,
  );
  await addCounts(manager, counts.changes());
}
