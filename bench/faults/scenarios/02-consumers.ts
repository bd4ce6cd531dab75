import { killInTurn, ownDeaths, type Scenario } from '../scenario.js';

/** Consumers are killed from outside, and end themselves between the commit of an effect and its acknowledgement. */
export const scenario: Scenario = {
  number: 2,
  title: 'consumers killed ×10, also between COMMIT and ack',
  // Each a few times, however much there is to do.
  settings: ({ writes }) => ({
    env: {
      matching: crashAfter(writes / 15),
      notifications: crashAfter(writes / 40),
      cooperation: crashAfter(writes / 500),
      access: crashAfter(writes / 15),
    },
  }),
  async run(bench) {
    await killInTurn(bench, bench.run.short ? 4 : 10, ['matching', 'notifications', 'access', 'cooperation']);
    await bench.writers.until(1);
    bench.note(`${ownDeaths(bench)} times a consumer ended itself between COMMIT and ack`);
  },
};

const crashAfter = (runs: number) => ({ CRASH_BEFORE_ACK: String(Math.ceil(runs)) });
