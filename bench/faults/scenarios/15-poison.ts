import { deadLetterOf, plantKiller, plantMalformed, plantPoison } from '../planting.js';
import { ownDeaths, type Scenario, soon } from '../scenario.js';

const KILLER = '0bad0bad-0000-7000-8000-00000000dead';

/**
 * Malformed messages fit no schema; poison fits, and every handling fails; the killer ends the process that begins to handle it.
 * A killer comes again only when its time to be acknowledged is over: eight times 30 s, during which everything else goes on.
 */
export const scenario: Scenario = {
  number: 15,
  title: '1 % poison, 1 % malformed, one process-killer',
  settings: { env: { all: { EVENT_RETRY_MS: '40' }, matching: { CRASH_ON_AGGREGATE: KILLER } } },
  async run(bench) {
    const { books, planted, writers, run } = bench;
    const each = Math.ceil(run.writes / 100);
    const killer = run.short ? undefined : await plantKiller(books, KILLER);
    if (killer) planted.push(killer);
    for (let part = 1; part <= 5; part++) {
      await writers.until(part / 6);
      planted.push(...(await plantPoison(books, Math.ceil(each / 5))));
      planted.push(...(await plantMalformed(books, Math.ceil(each / 30))));
    }
    if (!killer) return;
    const ms = await soon('the killer is in quarantine', 420_000, async () =>
      Boolean(await deadLetterOf(books, killer)),
    );
    bench.note(
      `the killer was in quarantine ${Math.round(ms / 1000)} s after the writes, ${ownDeaths(bench)} deaths later`,
    );
    bench.claim('the killer was not tried more often than eight times', ownDeaths(bench) <= 8);
  },
};
