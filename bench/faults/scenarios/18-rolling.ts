import type { Scenario } from '../scenario.js';
import { SERVICES } from '../settings.js';

/** As an update does it: one copy after the other is asked to end, and the next one only when its successor is ready. */
export const scenario: Scenario = {
  number: 18,
  title: 'rolling SIGTERM',
  settings: { twice: SERVICES },
  async run(bench) {
    const { world, writers } = bench;
    writers.keepOn = true;
    await writers.until(0.1);
    let slowest = 0;
    for (const name of SERVICES.flatMap((service) => [service, `${service}-2`])) {
      const { endedAfterMs = 0 } = await world.kill(name, 'SIGTERM');
      slowest = Math.max(slowest, endedAfterMs);
      bench.claim(`${name} ended ${endedAfterMs} ms after SIGTERM`, endedAfterMs <= 15_000);
    }
    writers.keepOn = false;
    await writers.until(1);
    bench.note(`the slowest end took ${(slowest / 1000).toFixed(1)} s`);
    const failed = [...writers.tries].filter(([status]) => status !== -1 && status !== 412);
    bench.claim(
      `requests failed, by status: ${failed.map(([status, n]) => `${n} × ${status}`).join(', ')}\n      ${writers.excuses.join('\n      ')}`,
      failed.length === 0,
    );
  },
};
