import { DEFAULT_SETTINGS } from '#libs/messaging';
import { type Scenario, soon } from '../scenario.js';

/** So small that a fifth of the writes fills the busiest streams. */
const BYTES_PER_WRITE = 250;

/** Streams fill up while the writing goes on: what is told waits in the outbox, and drains when the provisioner is told to make room. */
export const scenario: Scenario = {
  number: 13,
  title: 'streams full',
  settings: { streams: { maxBytes: 1024 * 1024 } },
  async run(bench) {
    const { world, books, writers, run } = bench;
    await world.keepStreams({ maxBytes: Math.max(run.writes * BYTES_PER_WRITE, 64 * 1024) });
    const waiting = async (owner: string) =>
      (
        await books.ids(
          owner,
          `SELECT id FROM outbox WHERE sent_at IS NULL AND created_at < now() - interval '5 seconds'`,
        )
      ).length;
    await soon('no stream is full', 240_000, async () => (await waiting('companies')) > 0);
    const before = { done: writers.done, waiting: await waiting('companies') };
    await writers.until(0.8);
    const after = { done: writers.done, waiting: await waiting('companies') };
    bench.note(
      `full after ${before.done} writes; ${after.done - before.done} more were acknowledged while ${after.waiting} events of companies waited`,
    );
    bench.claim('writes were not acknowledged while the stream was full', after.done > before.done);
    bench.claim('the stream took events although it was full', after.waiting > before.waiting);
    await world.keepStreams({ maxBytes: DEFAULT_SETTINGS.maxBytes });
    const ms = await soon(
      'events wait although there is room',
      120_000,
      async () => (await waiting('companies')) === 0,
    );
    bench.note(`with room again, all were published within ${(ms / 1000).toFixed(1)} s`);
  },
};
