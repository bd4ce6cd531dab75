import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Scenario } from '../scenario.js';

/** Everything that NATS had stored is gone, streams and consumers too. The outboxes know what was told, the inboxes what was heard. */
export const scenario: Scenario = {
  number: 7,
  title: 'JetStream directory wiped ×2',
  async run(bench) {
    const { world } = bench;
    await bench.spread(2, async () => {
      await world.halt('nats');
      const dir = world.dataOf('nats');
      const stores = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
        /(^|\/)jetstream$/.test(path),
      );
      for (const store of stores) rmSync(join(dir, store), { recursive: true, force: true });
      await world.resume('nats');
      bench.claim('nothing was there to be wiped', stores.length > 0);
      bench.note(`ready ${((await world.untilReady()) / 1000).toFixed(1)} s after the start on an empty directory`);
    });
  },
};
