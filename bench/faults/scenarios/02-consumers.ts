import { killInTurn, type Scenario } from '../scenario.js';

/** Consumers are killed from outside, and end themselves between the commit of an effect and its acknowledgement. */
export const scenario: Scenario = {
  number: 2,
  title: 'consumers killed ×10, also between COMMIT and ack',
  run: (bench) => killInTurn(bench, bench.run.short ? 4 : 10, ['matching', 'notifications', 'access', 'cooperation']),
};
