import { fold } from '#libs/competences';
import type { Lang } from '#libs/contracts';
import type { Frequencies } from '../frequency/frequencies.js';
import { lettersOf } from './candidate.js';
import type { Need, SoughtTerm } from './need.js';
import type { Reading } from './reading.js';

/** What a need looks for in one stem of the evidence: how much it counts, and the places of the need's terms that it stands for. */
export interface SoughtStem {
  weight: number;
  terms: readonly number[];
}

/** A need as evidence in one language has to say it: a vector of length 1 over the stems of that language, and the letters of its words. */
export interface Phrasing {
  stems: ReadonlyMap<string, SoughtStem>;
  /** Weight that each term alone would have. */
  ofTerm: readonly number[];
  grams: ReadonlyMap<number, number>;
  gramNorm: number;
}

/** A word that no lexicon and no evidence of the other language knows still is part of what is asked for, but less than one that could be met. */
const UNKNOWN = 0.5;

/** Needs in the words of each language, made once for each need and state of the frequencies. */
export class Phrasings {
  private readonly made = new WeakMap<readonly SoughtTerm[], { epoch: number; by: Map<Lang, Phrasing> }>();

  constructor(
    private readonly frequencies: Frequencies,
    private readonly lexicon: () => Reading['lexicon'],
  ) {}

  of(need: Need, lang: Lang): Phrasing {
    const { epoch } = this.frequencies;
    let made = this.made.get(need.terms);
    if (made?.epoch !== epoch) {
      made = { epoch, by: new Map() };
      this.made.set(need.terms, made);
    }
    let phrasing = made.by.get(lang);
    if (!phrasing) {
      phrasing = phrasingOf(need.terms, need.lang, lang, this.frequencies, this.lexicon());
      made.by.set(lang, phrasing);
    }
    return phrasing;
  }
}

/** Puts a need into the words of a language: its own as they are, others by their translations, names and acronyms as they stand. */
export function phrasingOf(
  terms: readonly SoughtTerm[],
  from: Lang,
  to: Lang,
  frequencies: Frequencies,
  lexicon: Reading['lexicon'],
): Phrasing {
  const rarity = (stem: string) => Math.sqrt(frequencies.word(to, stem));
  const stems = new Map<string, { weight: number; terms: number[] }>();
  const ofTerm: number[] = [];
  let unknown = 0;
  terms.forEach((term, at) => {
    let worth = 0;
    const add = (stem: string, share: number) => {
      const weight = term.weight * share * rarity(stem);
      worth += weight;
      const known = stems.get(stem);
      if (known) {
        known.weight += weight;
        known.terms.push(at);
      } else stems.set(stem, { weight, terms: [at] });
    };
    // A German compound says what its parts say as well.
    const own = [term.stem, ...(from === 'de' ? lexicon.parts(fold(term.word)) : [])];
    if (from === to) for (const stem of own) add(stem, 1);
    else {
      const translations = own.flatMap((stem) => lexicon.translate(stem, from, to));
      for (const { stem, weight } of translations) add(stem, weight);
      const same = term.abroad[to];
      if (translations.length === 0) {
        if (same !== undefined && frequencies.holdersOf(to, same) > 0) add(same, 1);
        else {
          worth = term.weight * UNKNOWN * rarity(term.stem);
          unknown += worth ** 2;
        }
      }
    }
    ofTerm.push(worth);
  });
  let sum = unknown;
  for (const { weight } of stems.values()) sum += weight ** 2;
  const norm = Math.sqrt(sum) || 1;
  const { grams, norm: gramNorm } = lettersOf(
    terms.map((term) => fold(term.word)),
    to,
    frequencies,
  );
  return {
    stems: new Map([...stems].map(([stem, one]) => [stem, { ...one, weight: one.weight / norm }])),
    ofTerm: ofTerm.map((weight) => weight / norm),
    grams: new Map([...grams].map((gram) => [gram, frequencies.letters(to, gram)])),
    gramNorm,
  };
}
