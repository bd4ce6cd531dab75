import type { Translation } from './lexicon.js';
import { soundOf } from './spelling.js';

// Below this the likeness is chance: «ruota» is not «rumore».
const LEAST_LIKENESS = 0.65;
const SHORTEST = 5;
const MOST = 4;

/** Stems of one language, found by likeness of spelling to a word of another: `automazion` finds `automation`, `automatisier`. */
export class Cognates {
  private readonly stems: string[];
  private readonly sizes: Uint8Array;
  private readonly shared: Uint8Array;
  private readonly holders = new Map<string, number[]>();

  constructor(stems: readonly string[]) {
    this.stems = stems.filter((stem) => stem.length >= SHORTEST - 1 && stem.length <= 30);
    this.sizes = new Uint8Array(this.stems.length);
    this.shared = new Uint8Array(this.stems.length);
    this.stems.forEach((stem, at) => {
      const grams = gramsOf(stem);
      this.sizes[at] = grams.size;
      for (const gram of grams) {
        const list = this.holders.get(gram);
        if (list) list.push(at);
        else this.holders.set(gram, [at]);
      }
    });
  }

  /** The stems most like this one (Dice coefficient of letter pairs and triples, sounds spelt alike), weights adding up to `mass`. */
  find(stem: string, mass: number): Translation[] {
    if (stem.length < SHORTEST || stem.length > 30) return [];
    const grams = gramsOf(stem);
    const shared = this.shared.fill(0);
    for (const gram of grams) for (const at of this.holders.get(gram) ?? []) (shared[at] as number)++;
    const found: Translation[] = [];
    for (let at = 0; at < shared.length; at++) {
      const likeness = (2 * (shared[at] as number)) / (grams.size + (this.sizes[at] as number));
      // The fourth power: the nearest by far more than the next.
      if (likeness >= LEAST_LIKENESS) found.push({ stem: this.stems[at] as string, weight: likeness ** 4 });
    }
    found.sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1));
    const best = found.slice(0, MOST);
    const sum = best.reduce((total, { weight }) => total + weight, 0);
    return best.map((one) => ({ stem: one.stem, weight: (one.weight / sum) * mass }));
  }
}

function gramsOf(stem: string): Set<string> {
  const padded = `^${soundOf(stem)}$`;
  const grams = new Set<string>();
  for (let at = 0; at < padded.length - 1; at++) {
    grams.add(padded.slice(at, at + 2));
    if (at < padded.length - 2) grams.add(padded.slice(at, at + 3));
  }
  return grams;
}
