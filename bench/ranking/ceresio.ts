import type { Surroundings, System } from './system.js';

/** The product itself: its index, its linker and its score, over the texts of a set. Not there yet. */
export function ceresio(_surroundings: Surroundings): System | undefined {
  return undefined;
}
