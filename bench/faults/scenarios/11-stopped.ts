import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../scenario.js';

/**
 * Longer than a message is waited for (30 s) and than a relay's claim lasts (15 s): another copy does the work of the stopped one,
 * which then wakes up in the middle of what it was doing.
 */
export const scenario: Scenario = {
  number: 11,
  title: 'consumers and a relay stopped for 45 s (SIGSTOP)',
  settings: { twice: ['matching', 'notifications', 'experts'] },
  async run({ world, writers, run }) {
    await writers.until(0.2);
    for (const name of ['matching', 'notifications', 'experts']) world.freeze(name);
    await pause(run.short ? 35_000 : 45_000);
    world.unfreeze();
  },
};
