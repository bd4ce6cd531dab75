import type { Lang } from '#libs/contracts';
import { analyseIn, stem } from './analysis.js';
import type { Concept } from './concept.js';
import { editDistance } from './edit-distance.js';
import { fold } from './fold.js';
import { GENERIC_WORDS } from './stop-words.js';

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
}

// A word of every field says a third of what its rarity suggests.
const GENERIC_SHARE = 0.35;
const SOFT_CACHE_LIMIT = 20_000;

/** The labels of one language, found by stem, and the stems themselves, found by likeness (compounds, derived words, slips of the pen). */
export class Vocabulary {
  readonly labels: IndexedLabel[] = [];
  private readonly byStem = new Map<string, number[]>();
  private readonly idfs = new Map<string, number>();
  private readonly forms = new Map<string, Set<string>>();
  private readonly generic: ReadonlySet<string>;
  private readonly grams = new Map<string, string[]>();
  private readonly norms = new Map<string, number>();
  private readonly gramIdf = new Map<string, number>();
  private readonly softCache = new Map<string, { stem: string; credit: number }[]>();

  constructor(
    readonly lang: Lang,
    concepts: readonly Concept[],
  ) {
    // English terms stand in labels of every language; the general ones are general there too.
    this.generic = new Set([...GENERIC_WORDS[lang], ...GENERIC_WORDS.en].map((word) => stem(word, lang)));
    const holders = new Map<string, Set<number>>();
    concepts.forEach((concept, index) => {
      concept.labels[lang].forEach((label, place) => {
        const { tokens } = analyseIn(label, lang);
        const stems = [...new Set(tokens.map((token) => token.stem))];
        if (stems.length === 0) return;
        const at = this.labels.push({ concept: index, preferred: place === 0, stems, mass: 0, fullMass: 0 }) - 1;
        for (const token of tokens) {
          this.forms.set(token.stem, (this.forms.get(token.stem) ?? new Set()).add(token.folded));
        }
        for (const one of stems) {
          holders.set(one, (holders.get(one) ?? new Set()).add(index));
          const posting = this.byStem.get(one);
          if (posting) posting.push(at);
          else this.byStem.set(one, [at]);
        }
      });
    });
    for (const [one, in_] of holders) {
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
    const forms = this.forms.get(one) ?? new Set();
    if (forms.has(folded)) return true;
    for (const form of forms) {
      const shorter = Math.min(form.length, folded.length);
      const needed = !ownLanguage || shorter > 7 ? 7 : shorter - (shorter > 6 ? 1 : 2);
      if (sharedBeginning(form, folded) >= needed) return true;
    }
    return false;
  }

  postings(one: string): readonly number[] {
    return this.byStem.get(one) ?? [];
  }

  /**
   * Stems that an unknown word may stand for, with credit 0..1: parts of a German compound at its beginning or end,
   * longer or shorter forms of the same word, and words one or two letters away (by idf-weighted 3-4-grams first).
   */
  soft(folded: string): readonly { stem: string; credit: number }[] {
    const cached = this.softCache.get(folded);
    if (cached) return cached;
    const found = new Map<string, number>();
    const own = stem(folded, this.lang);
    if (this.lang === 'de') for (const part of this.compoundParts(folded, own)) found.set(part, 0.8);
    for (const [candidate, likeness] of this.alike(own)) {
      if (likeness < 0.2) continue;
      const credit = formOrSlip(own, candidate, this.lang === 'de' ? 0.7 : 0.75);
      if (credit > (found.get(candidate) ?? 0)) found.set(candidate, credit);
    }
    const result = [...found].map(([one, credit]) => ({ stem: one, credit }));
    if (this.softCache.size >= SOFT_CACHE_LIMIT) this.softCache.clear();
    this.softCache.set(folded, result);
    return result;
  }

  // The longest known stem at the beginning and the longest at the end: Bildverarbeitungs|system, Textil|prüfung.
  private compoundParts(folded: string, own: string): string[] {
    if (folded.length < 9) return [];
    const parts: string[] = [];
    for (let end = folded.length - 3; end >= 5; end--) {
      const head = folded.slice(0, end);
      if (this.byStem.has(head)) {
        parts.push(head);
        break;
      }
    }
    for (let start = 3; start <= own.length - 5; start++) {
      const tail = own.slice(start);
      if (this.byStem.has(tail)) {
        parts.push(tail);
        break;
      }
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

function sharedBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
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
  if (short.length < 6 || a[0] !== b[0]) return 0;
  const bound = short.length >= 9 ? 2 : 1;
  const distance = editDistance(a, b, bound);
  return distance > bound ? 0 : 1 - 0.12 * distance;
}

/** German written without umlauts: `Pruefung` is folded to `prufung` as `Prüfung` is. */
export function withoutUmlautSpelling(folded: string): string {
  return fold(folded).replace(/([aou])e(?![iu])/g, '$1');
}
