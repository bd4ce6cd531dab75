import { engineDies, type Scenario } from '../scenario.js';

export const scenario: Scenario = {
  number: 4,
  title: 'PostgreSQL killed ×5',
  run: (bench) => engineDies(bench, 'postgres', bench.run.short ? 3 : 5),
};
