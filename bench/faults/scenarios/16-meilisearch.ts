import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Scenario, soon } from '../scenario.js';
import { searchable, searching } from '../searchers.js';

/** The index is a copy: without it answers come from PostgreSQL and say so, and it comes back by itself, also from nothing. */
export const scenario: Scenario = {
  number: 16,
  title: 'Meilisearch killed ×5 and its data deleted',
  async run(bench) {
    const { world, books, writers, run } = bench;
    const searcher = searching(bench);
    await bench.spread(run.short ? 3 : 5, async (n) => {
      if (n % 2 === 0) await world.kill('meilisearch');
      else {
        await world.halt('meilisearch');
        const data = join(world.dataOf('meilisearch'), 'data');
        bench.claim('nothing was there to be deleted', readdirSync(data).length > 0);
        rmSync(data, { recursive: true });
        await world.resume('meilisearch');
      }
    });
    await writers.until(1);
    const { asked, degraded, failed } = await searcher.stop();
    bench.note(`${asked} searches meanwhile, ${degraded} answered without the index, ${failed.length} failed`);
    bench.claim(`searches failed: ${[...new Set(failed)].join(', ')}`, failed.length === 0);
    await books.drain();
    const ms = await soon('the searchable set differs from the database', 60_000, async () => {
      const { indexed, expected } = await searchable(bench);
      return indexed.length === expected.length && indexed.every((one, at) => one === expected[at]);
    });
    bench.note(
      `the searchable set equals the databases (${(await searchable(bench)).indexed.length}), ${(ms / 1000).toFixed(1)} s after the drain`,
    );
  },
};
