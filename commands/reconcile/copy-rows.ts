import type { DataSource } from 'typeorm';
import type { Difference } from './check.js';

/** A copy in matching. */
export interface CopyRow {
  id: string;
  revision: number;
  gone: boolean;
  open: boolean;
}

/** The copies of one type. */
export function copiesOf(matching: DataSource, type: 'company' | 'expert' | 'opportunity'): Promise<CopyRow[]> {
  return matching.query('SELECT id, revision, gone, open FROM subject WHERE type = $1', [type]);
}

/** Takes copies back that are newer than their owner, which was restored from an older state: as if they had never been fetched. */
export async function takeBack(matching: DataSource, type: string, ahead: readonly Difference[]): Promise<void> {
  await matching.query(
    `UPDATE subject AS s SET revision = n.revision, copy_revision = NULL, looked_revision = least(looked_revision, n.revision),
       dirty_at = clock_timestamp(), index_error = NULL
     FROM unnest($2::uuid[], $3::int[]) AS n (id, revision) WHERE s.type = $1 AND s.id = n.id`,
    [type, ahead.map(({ id }) => id), ahead.map(({ revision }) => revision)],
  );
}
