import { Bm25 } from './bm25.js';
import { CharNgrams } from './char.js';
import { MeiliRaw, MeiliTerms } from './meili-systems.js';
import type { Surroundings, System } from './system.js';

/** Every system by its name, in the order in which they run and are printed: the product first, then what it must beat. */
const SYSTEMS: Record<string, (surroundings: Surroundings) => System | Promise<System>> = {
  // Loaded where it is asked for: the product takes long to compile.
  ceresio: async (surroundings) => (await import('./ceresio.js')).ceresio(surroundings),
  'meili-raw': (surroundings) => new MeiliRaw(surroundings),
  'meili-terms': (surroundings) => new MeiliTerms(surroundings),
  bm25: () => new Bm25(),
  char: () => new CharNgrams(),
};

export const SYSTEM_NAMES: readonly string[] = Object.keys(SYSTEMS);

/** New systems of these names, whatever the order they are asked in. */
export const systemsOf = (names: readonly string[], surroundings: Surroundings): Promise<System[]> =>
  Promise.all(SYSTEM_NAMES.filter((name) => names.includes(name)).map((name) => SYSTEMS[name]!(surroundings)));
