import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type Check, type Difference, sight } from './check.js';

const PATIENCE_MS = 60_000;

interface Report {
  type: string;
  compared: number;
  differ: number;
}

/** The search index holds what the copies say, by ids and revisions. Matching itself looks, and mends: it alone writes there. */
export function indexCheck(matching: DataSource): Check {
  return {
    service: 'matching',
    what: 'documents in the index',
    async look() {
      const report = await asked(matching, false);
      if (!report)
        return sight(0, [{ id: 'index', how: 'missing', why: 'matching does not answer: do it and Meilisearch run?' }]);
      const found = report.flatMap(({ type, differ }) =>
        Array.from({ length: differ }, (_, at): Difference => ({ id: `${type} ${at + 1}`, how: 'missing' })),
      );
      return sight(
        report.reduce((sum, { compared }) => sum + compared, 0),
        found,
      );
    },
    async repair() {
      await asked(matching, true);
    },
  };
}

// The indexer may run in any copy of the service: it is asked through the database, like a rebuild.
async function asked(matching: DataSource, repair: boolean): Promise<Report[] | undefined> {
  const id = uuid();
  await matching.query('INSERT INTO index_check (id, repair) VALUES ($1, $2)', [id, repair]);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(200)) {
    const [row] = await matching.query<{ report: Report[] }[]>(
      'SELECT report FROM index_check WHERE id = $1 AND done_at IS NOT NULL',
      [id],
    );
    if (row) return row.report;
  }
  await matching.query('DELETE FROM index_check WHERE id = $1 AND done_at IS NULL', [id]);
  return undefined;
}
