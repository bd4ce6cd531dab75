import { v7 as uuidv7 } from 'uuid';
import { type Scenario, soon } from '../scenario.js';
import { searching } from '../searchers.js';

const REBUILDS = 5;

/** The index is built anew beside the living one while everybody writes and searches. */
export const scenario: Scenario = {
  number: 17,
  title: `index rebuilt and swapped ×${REBUILDS} under load`,
  async run(bench) {
    const { books, writers, run } = bench;
    await writers.until(0.2);
    // What is not there yet cannot be found: from here on each question has answers.
    await soon('nobody can be found', 60_000, async () => (await indexedExperts(bench.books)) > 20);
    const searcher = searching(bench);
    const times = run.short ? 2 : REBUILDS;
    let documents = 0;
    await bench.spread(times, async (n) => {
      // In the order of the shares, which begin again at nothing.
      if (n === 0) await writers.until(0.3);
      const id = uuidv7();
      await books.sql('matching', 'INSERT INTO index_rebuild (id) VALUES ($1)', [id]);
      await soon('the rebuild does not end', 120_000, async () => {
        const [row] = await books.sql<{ documents: number }>(
          'matching',
          'SELECT documents FROM index_rebuild WHERE id = $1 AND done_at IS NOT NULL',
          [id],
        );
        documents = row?.documents ?? documents;
        return row !== undefined;
      });
    });
    const { asked, degraded, empty, failed } = await searcher.stop();
    bench.note(
      `${times} rebuilds, the last of ${documents} documents; ${asked} searches, ${degraded} without the index, ${empty} empty, ${failed.length} failed`,
    );
    bench.claim(`searches failed: ${[...new Set(failed)].join(', ')}`, failed.length === 0);
    bench.claim('answers were empty', empty === 0);
    bench.claim('answers came without the index', degraded === 0);
  },
};

async function indexedExperts(books: { sql: (service: string, text: string) => Promise<unknown[]> }): Promise<number> {
  const rows = await books.sql(
    'matching',
    `SELECT 1 FROM subject WHERE type = 'expert' AND indexed_revision IS NOT NULL`,
  );
  return rows.length;
}
