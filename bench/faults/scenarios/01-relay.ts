import { killInTurn, type Scenario } from '../scenario.js';

/** Whoever has an outbox has a relay: those that publish most. */
export const scenario: Scenario = {
  number: 1,
  title: 'relay killed ×10',
  run: (bench) => killInTurn(bench, bench.run.short ? 4 : 10, ['companies', 'experts', 'cooperation', 'matching']),
};
