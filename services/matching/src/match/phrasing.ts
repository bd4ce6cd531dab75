import { fold, gramsOf } from '#libs/competences';
import type { Lang } from '#libs/contracts';
import type { Frequencies } from '../frequency/frequencies.js';
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
  /** Places of the terms that led to competences. */
  led: readonly number[];
  /** What each group of letters adds to the likeness of a piece that has it. */
  grams: ReadonlyMap<number, number>;
  /** Whether any group with this remainder (see `remainder`) is among them: most groups of most evidence are not, and an array says so faster than a map. */
  remainders: Uint8Array;
  gramNorm: number;
}

const REMAINDERS = 8192;

/** Where a group of letters stands in `remainders`. */
export const remainder = (gram: number): number => gram & (REMAINDERS - 1);

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
  const stems = new Map<string, { weight: number; terms: number[] }>();
  const ofTerm: number[] = [];
  let sum = 0;
  terms.forEach((term, at) => {
    let worth = 0;
    // A German compound says what its parts say as well.
    for (const own of [term.stem, ...(from === 'de' ? lexicon.parts(fold(term.word)) : [])]) {
      const said = from === to ? [{ stem: own, weight: 1 }] : translated(own, term, from, to, frequencies, lexicon);
      const holders = said.reduce((all, { stem, weight }) => all + weight * frequencies.holdersOf(to, stem), 0);
      const rarity = frequencies.rarity(to, holders);
      const weight = term.weight * Math.sqrt(rarity) * (said.length > 0 ? 1 : UNKNOWN);
      worth += weight;
      sum += weight ** 2;
      for (const one of said) {
        // The evidence weighs a stem by its own rarity; a translation is as rare as the word that it translates, however rare it is itself.
        const share = (term.weight * one.weight * rarity) / Math.sqrt(frequencies.word(to, one.stem));
        const known = stems.get(one.stem);
        if (known) {
          known.weight += share;
          known.terms.push(at);
        } else stems.set(one.stem, { weight: share, terms: [at] });
      }
    }
    ofTerm.push(worth);
  });
  const norm = Math.sqrt(sum) || 1;
  const { grams, norm: gramNorm } = sought(terms, to, frequencies);
  const remainders = new Uint8Array(REMAINDERS);
  for (const gram of grams.keys()) remainders[remainder(gram)] = 1;
  return {
    stems: new Map([...stems].map(([stem, one]) => [stem, { ...one, weight: one.weight / norm }])),
    ofTerm: ofTerm.map((weight) => weight / norm),
    led: terms.flatMap(({ concepts }, at) => (concepts.length > 0 ? [at] : [])),
    grams,
    remainders,
    gramNorm,
  };
}

/**
 * What a stem is in another language (probabilistic structured queries, Darwish and Oard 2003: a word is as frequent as its translations together, each
 * by its probability). A word without translations that stands in the evidence as it is, a name or an acronym, is itself.
 */
function translated(
  stem: string,
  term: SoughtTerm,
  from: Lang,
  to: Lang,
  frequencies: Frequencies,
  lexicon: Reading['lexicon'],
): readonly { stem: string; weight: number }[] {
  const found = lexicon.translate(stem, from, to);
  if (found.length > 0) return found;
  const same = stem === term.stem ? term.abroad[to] : undefined;
  return same !== undefined && frequencies.holdersOf(to, same) > 0 ? [{ stem: same, weight: 1 }] : [];
}

/** The letters of the terms; those of a word of every field say as little as the word itself. */
function sought(terms: readonly SoughtTerm[], lang: Lang, frequencies: Frequencies) {
  const shares = new Map<number, number>();
  // An acronym keeps its capitals where small letters would make another word of it: LED, MES.
  for (const { word, stem, weight } of terms)
    for (const gram of gramsOf(/\p{Lu}/u.test(stem) ? stem : fold(word)))
      shares.set(gram, Math.max(shares.get(gram) ?? 0, Math.min(1, weight)));
  const grams = new Map<number, number>();
  let sum = 0;
  for (const [gram, share] of shares) {
    const rarity = frequencies.letters(lang, gram);
    grams.set(gram, share * rarity ** 2);
    sum += (share * rarity) ** 2;
  }
  return { grams, norm: Math.sqrt(sum) || 1 };
}
