import { engineDies, type Scenario } from '../scenario.js';

/** Services reach each other through the broker: while it is away writes are answered 503, and succeed when they are tried again. */
export const scenario: Scenario = {
  number: 3,
  title: 'NATS killed ×5',
  run: (bench) => engineDies(bench, 'nats', bench.run.short ? 3 : 5),
};
