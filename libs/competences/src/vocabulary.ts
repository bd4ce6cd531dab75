import type { Lang } from '#libs/contracts';
import { analyseIn, stem, words as wordsOf } from './analysis.js';
import type { Concept } from './concept.js';
import { editDistance } from './edit-distance.js';
import { EVERYDAY_WORDS } from './everyday-words.js';
import { fold, foldLabel } from './fold.js';
import { GENERIC_WORDS } from './stop-words.js';
import { baseForm, isFormOf } from './word-forms.js';

export interface IndexedLabel {
  /** Place of the concept in the taxonomy's list. */
  concept: number;
  preferred: boolean;
  /** Distinct stems. */
  stems: string[];
  /** Sum of the idf of the stems, words of every field counted for a third. */
  mass: number;
  /** The same with every word counted fully: what the label is worth when all of it stands in the text. */
  fullMass: number;
  /** Set where only one stem is left of several words: «new products» is not any product, the words must stand there as they are. */
  phrase: string | undefined;
  /** The words that the stems come from, folded. */
  words: string[];
}

/** A stem that an unknown word may stand for; `part` tells which end of a compound it is. */
export interface Likeness {
  stem: string;
  /** 0..1 */
  credit: number;
  part: 'head' | 'tail' | undefined;
}

const PART_OF_COMPOUND = 0.8;
const SLIP = 0.88;
// Käse|verpackung, Wein|flasche.
const SHORTEST_HEAD = 4;
// A word of every field says a third of what its rarity suggests.
const GENERIC_SHARE = 0.35;
const SOFT_CACHE_LIMIT = 20_000;

/** The labels of one language, found by stem, and the stems themselves, found by likeness (compounds, derived words, slips of the pen). */
export class Vocabulary {
  readonly labels: IndexedLabel[] = [];
  private readonly byStem = new Map<string, number[]>();
  private readonly idfs = new Map<string, number>();
  private readonly forms = new Map<string, Set<string>>();
  private readonly holders = new Map<string, Set<number>>();
  private readonly generic: ReadonlySet<string>;
  private readonly everyday: ReadonlySet<string>;
  private readonly grams = new Map<string, string[]>();
  private readonly norms = new Map<string, number>();
  private readonly gramIdf = new Map<string, number>();
  private readonly softCache = new Map<string, Likeness[]>();

  constructor(
    readonly lang: Lang,
    concepts: readonly Concept[],
  ) {
    // English terms stand in labels of every language; the general ones are general there too.
    this.generic = new Set([...GENERIC_WORDS[lang], ...GENERIC_WORDS.en].map((word) => stem(word, lang)));
    this.everyday = new Set(EVERYDAY_WORDS[lang].map((word) => baseForm(word, lang)));
    concepts.forEach((concept, index) => {
      concept.labels[lang].forEach((label, place) => {
        const { tokens } = analyseIn(label, lang);
        const stems = [...new Set(tokens.map((token) => token.stem))];
        if (stems.length === 0) return;
        const phrase = stems.length === 1 && wordsOf(label).length > 1 ? foldLabel(label) : undefined;
        const words = stems.map((one) => tokens.find((token) => token.stem === one)?.folded ?? one);
        const entry = { concept: index, preferred: place === 0, stems, mass: 0, fullMass: 0, phrase, words };
        const at = this.labels.push(entry) - 1;
        for (const token of tokens) {
          this.forms.set(token.stem, (this.forms.get(token.stem) ?? new Set()).add(token.folded));
        }
        for (const one of stems) {
          this.holders.set(one, (this.holders.get(one) ?? new Set()).add(index));
          const posting = this.byStem.get(one);
          if (posting) posting.push(at);
          else this.byStem.set(one, [at]);
        }
      });
    });
    for (const [one, in_] of this.holders) {
      const idf = Math.log(1 + concepts.length / in_.size);
      this.idfs.set(one, this.generic.has(one) ? idf * GENERIC_SHARE : idf);
    }
    for (const label of this.labels) {
      label.mass = label.stems.reduce((sum, one) => sum + this.idf(one), 0);
      label.fullMass = label.stems.reduce(
        (sum, one) => sum + this.idf(one) / (this.generic.has(one) ? GENERIC_SHARE : 1),
        0,
      );
    }
    this.indexGrams();
  }

  has(one: string): boolean {
    return this.byStem.has(one);
  }

  idf(one: string): number {
    return this.idfs.get(one) ?? 0;
  }

  isGeneric(one: string): boolean {
    return this.generic.has(one);
  }

  /**
   * Whether a word of the text is a form of a label's word with the same stem, or only the stemmer makes one of both
   * («passare», «passiva»). A word from a text in another language must stand there as in the label: «line» is not «lino».
   */
  isForm(one: string, folded: string, ownLanguage: boolean): boolean {
    for (const form of this.forms.get(one) ?? []) if (isFormOf(form, folded, ownLanguage)) return true;
    return false;
  }

  /** Whether the word names something else in most sentences, so that alone it is no sign of a competence. */
  isEveryday(folded: string): boolean {
    return this.everyday.has(baseForm(folded, this.lang));
  }

  /** Whether the word stands in the labels of one concept only. */
  isOwnWord(one: string): boolean {
    return this.holders.get(one)?.size === 1;
  }

  postings(one: string): readonly number[] {
    return this.byStem.get(one) ?? [];
  }

  /**
   * Stems that an unknown word may stand for, with credit 0..1: parts of a German compound at its beginning or end,
   * longer or shorter forms of the same word, and words one or two letters away (by idf-weighted 3-4-grams first).
   */
  soft(folded: string): readonly Likeness[] {
    const cached = this.softCache.get(folded);
    if (cached) return cached;
    const found = new Map<string, number>();
    const own = stem(folded, this.lang);
    const parts = this.lang === 'de' ? this.compoundParts(folded, own) : {};
    for (const [candidate, likeness] of this.alike(own)) {
      if (likeness < 0.2) continue;
      const credit = formOrSlip(own, candidate, this.lang === 'de' ? 0.7 : 0.75);
      if (credit > 0) found.set(candidate, credit);
    }
    const result: Likeness[] = [];
    if (parts.head) result.push({ stem: parts.head, credit: PART_OF_COMPOUND, part: 'head' });
    if (parts.tail && parts.tail !== parts.head)
      result.push({ stem: parts.tail, credit: PART_OF_COMPOUND, part: 'tail' });
    for (const [one, credit] of found) {
      if (one !== parts.head && one !== parts.tail) result.push({ stem: one, credit, part: undefined });
    }
    if (this.softCache.size >= SOFT_CACHE_LIMIT) this.softCache.clear();
    this.softCache.set(folded, result);
    return result;
  }

  // The longest known stem at the beginning and the longest at the end: Bildverarbeitungs|system, Textil|prüfung.
  private compoundParts(folded: string, own: string): { head?: string; tail?: string } {
    const parts: { head?: string; tail?: string } = {};
    if (folded.length < 9) return parts;
    for (let end = folded.length - 3; end >= SHORTEST_HEAD && !parts.head; end--) {
      const head = folded.slice(0, end);
      if (this.byStem.has(head)) parts.head = head;
    }
    for (let start = 3; start <= own.length - 5 && !parts.tail; start++) {
      const tail = own.slice(start);
      if (this.byStem.has(tail)) parts.tail = tail;
    }
    return parts;
  }

  private indexGrams(): void {
    for (const one of this.byStem.keys()) {
      if (one.length < 5) continue;
      for (const gram of gramsOf(one)) {
        const list = this.grams.get(gram);
        if (list) list.push(one);
        else this.grams.set(gram, [one]);
      }
    }
    for (const [gram, list] of this.grams) this.gramIdf.set(gram, Math.log(1 + this.byStem.size / list.length));
    for (const one of this.byStem.keys()) if (one.length >= 5) this.norms.set(one, this.norm(gramsOf(one)));
  }

  private norm(grams: Iterable<string>): number {
    let sum = 0;
    for (const gram of grams) sum += (this.gramIdf.get(gram) ?? Math.log(1 + this.byStem.size)) ** 2;
    return Math.sqrt(sum);
  }

  private alike(one: string): Map<string, number> {
    const dots = new Map<string, number>();
    if (one.length < 5 || one.length > 40) return dots;
    const grams = gramsOf(one);
    for (const gram of grams) {
      const squared = (this.gramIdf.get(gram) ?? 0) ** 2;
      for (const candidate of this.grams.get(gram) ?? []) dots.set(candidate, (dots.get(candidate) ?? 0) + squared);
    }
    const norm = this.norm(grams);
    for (const [candidate, dot] of dots) dots.set(candidate, dot / (norm * (this.norms.get(candidate) ?? 1)));
    return dots;
  }
}

function gramsOf(word: string): Set<string> {
  const padded = `^${word}$`;
  const grams = new Set<string>();
  for (let at = 0; at < padded.length - 2; at++) {
    grams.add(padded.slice(at, at + 3));
    if (at < padded.length - 3) grams.add(padded.slice(at, at + 4));
  }
  return grams;
}

// Shared letters alone make «compositi» of «composizione»: only a prefix of similar length or a slip of the pen is the same word.
function formOrSlip(a: string, b: string, leastShare: number): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.startsWith(short))
    return short.length >= 5 && short.length >= leastShare * long.length ? short.length / long.length : 0;
  // The first letter is rarely the wrong one, and another word often differs in it alone: interior, anterior.
  if (short.length < 8 || a[0] !== b[0]) return 0;
  return editDistance(a, b, 1) > 1 ? 0 : SLIP;
}

/** German written without umlauts: `Pruefung` is folded to `prufung` as `Prüfung` is. */
export function withoutUmlautSpelling(folded: string): string {
  return fold(folded).replace(/([aou])e(?![iu])/g, '$1');
}
