import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../scenario.js';

/** Engines and services alike, whether those that were killed before are back or not. */
export const scenario: Scenario = {
  number: 5,
  title: 'anything killed at random for 60 s',
  async run(bench) {
    const { world, writers } = bench;
    writers.keepOn = true;
    const until = Date.now() + (bench.run.short ? 15_000 : 60_000);
    const kills: Promise<unknown>[] = [];
    while (Date.now() < until) {
      await pause(bench.between(500, 3000));
      const name = bench.pick(world.names);
      if (world.pid(name) === undefined) continue;
      const kill = world.kill(name);
      kill.catch(() => {});
      kills.push(kill);
    }
    writers.keepOn = false;
    await Promise.all(kills);
  },
};
