import type { Scenario } from '../scenario.js';

/** The bench itself: what the books say when nothing breaks, and how long the writes take then. Runs only when it is asked for. */
export const scenario: Scenario = {
  number: 0,
  title: 'nothing breaks',
  run: async () => {},
};
