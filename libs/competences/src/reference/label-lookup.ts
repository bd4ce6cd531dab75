import { beginningDistance } from '../edit-distance.js';
import { foldLabel } from '../fold.js';
import { gramsOf } from './grams.js';
import { type LabelIndex, NO_STEM } from './label-index.js';

/** A label that begins with, contains or nearly equals what was typed; the lower the rank the nearer. */
export interface FoundLabel {
  label: number;
  rank: number;
}

/** Words of the labels that a typed word may mean, and the number of letters that differ. */
type Meant = Map<number, number>;

const LEAST_SHARED_GRAMS = 0.15;

/** Finds the labels of one language by what somebody types: beginnings of labels, then of words, then slips of the pen. */
export class LabelLookup {
  /** Labels in the order of their folded texts. */
  private readonly order: Uint32Array;
  /** Words in alphabetical order. */
  private readonly wordOrder: Uint32Array;

  constructor(private readonly index: LabelIndex) {
    const folded: string[] = [];
    for (let label = 0; label < index.conceptOf.length; label++) folded.push(this.folded(label));
    this.order = Uint32Array.from(folded.keys()).sort((a, b) => compare(folded[a]!, folded[b]!) || a - b);
    const words = index.wordTexts.map((word) => word.toLowerCase());
    this.wordOrder = Uint32Array.from(words.keys()).sort((a, b) => compare(words[a]!, words[b]!) || a - b);
  }

  /** Labels that are the folded text, in the order of the concepts. */
  equal(text: string): number[] {
    const [from, to] = this.range(text);
    return [...this.order.subarray(from, to)].filter((label) => this.folded(label) === text);
  }

  /** Labels that a folded text begins: rank 0 where it is all of them, else 10. */
  *beginning(text: string): Generator<FoundLabel> {
    const [from, to] = this.range(text);
    for (const label of this.order.subarray(from, to)) {
      const whole = this.index.texts.size(label) < text.length * 2 && this.folded(label) === text;
      yield { label, rank: (whole ? 0 : 10) + this.detail(label) };
    }
  }

  /** Labels in which each word of a folded text begins a word: rank 20. With slips: in which it nearly does, 30 and 5 for each wrong letter. */
  *holding(text: string, withSlips: boolean): Generator<FoundLabel> {
    const meant = text.split(' ').map((word) => (withSlips ? this.slips(word) : this.beginnings(word)));
    for (const [label, edits] of this.having(meant)) {
      yield { label, rank: (withSlips ? 30 + 5 * edits : 20) + this.detail(label) };
    }
  }

  // Preferred labels first, then short ones.
  private detail(label: number): number {
    const preferred = this.index.labelStarts[this.index.conceptOf[label]!] === label;
    return (preferred ? 0 : 1) + this.index.texts.size(label) / 1_000;
  }

  private folded(label: number): string {
    return foldLabel(this.index.texts.at(label));
  }

  private range(text: string): [number, number] {
    const first = (reaches: (folded: string) => boolean) =>
      lowest(this.order.length, (at) => reaches(this.folded(this.order[at]!)));
    return [first((folded) => folded >= text), first((folded) => folded >= text && !folded.startsWith(text))];
  }

  private beginnings(typed: string): Meant {
    const text = (at: number) => this.index.wordTexts[this.wordOrder[at]!]!.toLowerCase();
    const from = lowest(this.wordOrder.length, (at) => text(at) >= typed);
    const to = lowest(this.wordOrder.length, (at) => text(at) >= typed && !text(at).startsWith(typed));
    const meant: Meant = new Map();
    for (const word of this.wordOrder.subarray(from, to)) meant.set(word, 0);
    return meant;
  }

  private slips(typed: string): Meant {
    const meant = this.beginnings(typed);
    const bound = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
    if (bound === 0 || meant.size > 0) return meant;
    const grams = gramsOf(typed);
    const shared = new Map<number, number>();
    for (const gram of grams)
      for (const stem of this.index.stemsOfGram.row(gram)) shared.set(stem, (shared.get(stem) ?? 0) + 1);
    this.index.stemOfWord.forEach((stem, word) => {
      if (stem === NO_STEM || (shared.get(stem) ?? 0) < LEAST_SHARED_GRAMS * grams.length) return;
      const edits = beginningDistance(typed, this.index.wordTexts[word]!.toLowerCase(), bound);
      if (edits <= bound) meant.set(word, edits);
    });
    return meant;
  }

  // Labels that hold one of the meant words for every typed one, with the edits of all.
  private having(meant: readonly Meant[]): Map<number, number> {
    const found = new Map<number, number>();
    const rarest = meant.reduce((a, b) => (this.reach(b) < this.reach(a) ? b : a));
    const stems = new Set([...rarest.keys()].map((word) => this.index.stemOfWord[word]!));
    stems.delete(NO_STEM);
    for (const stem of stems) {
      for (const label of this.index.postings.row(stem)) {
        if (found.has(label)) continue;
        const words = this.index.labelWords.row(label);
        let edits = 0;
        for (const one of meant) edits += least(words, one);
        if (edits < Number.POSITIVE_INFINITY) found.set(label, edits);
      }
    }
    return found;
  }

  private reach(meant: Meant): number {
    let labels = 0;
    for (const word of meant.keys()) {
      const stem = this.index.stemOfWord[word]!;
      if (stem !== NO_STEM) labels += this.index.postings.row(stem).length;
    }
    // Function words alone lead nowhere.
    return labels || (meant.size > 0 ? Number.MAX_SAFE_INTEGER : 0);
  }
}

function least(words: Uint32Array, meant: Meant): number {
  let edits = Number.POSITIVE_INFINITY;
  for (const word of words) edits = Math.min(edits, meant.get(word) ?? edits);
  return edits;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// The first of `count` places from which on the condition holds.
function lowest(count: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
