import type { Token } from '../analysis.js';
import { compoundParts } from './compounds.js';
import { gramsOf } from './grams.js';
import type { LabelIndex } from './label-index.js';

/** A stem of the labels that the text has, or something like it. */
export interface Hit {
  /** 1 where the stem itself stands in the text, less where only something like it does. */
  credit: number;
  /** Places among the text's tokens. */
  tokens: number[];
}

const PART_OF_COMPOUND = 0.8;
/** Of a compound that stands in a label, this share of the letters must be known from the text. */
const LEAST_OF_COMPOUND = 0.3;
const LEAST_LIKENESS = 0.55;
const LIKE_CREDIT = 0.8;
const MOST_ALIKE = 5;
// A group of letters that thousands of stems have tells nothing, and costs most.
const LONGEST_ROW = 4_000;

/** The stems of the labels that a text touches, with what each is worth. */
export function hitsOf(index: LabelIndex, tokens: readonly Token[]): Map<number, Hit> {
  const hits = new Map<number, Hit>();
  const add = (stem: number, credit: number, token: number) => {
    const known = hits.get(stem);
    if (!known) hits.set(stem, { credit, tokens: [token] });
    else {
      known.credit = Math.max(known.credit, credit);
      if (known.tokens.at(-1) !== token) known.tokens.push(token);
    }
  };
  tokens.forEach((token, at) => {
    const exact = index.stemPlaces.get(token.stem);
    if (exact !== undefined) add(exact, 1, at);
    else for (const [stem, likeness] of alike(index, token.stem)) add(stem, likeness * LIKE_CREDIT, at);
    if (index.lang === 'de') {
      for (const part of compoundParts(token.folded, token.stem, index.stemPlaces)) add(part, PART_OF_COMPOUND, at);
    }
  });
  for (const [stem, hit] of compoundHits(index, hits)) hits.set(stem, hit);
  return hits;
}

/** What two sets of letter groups share, 0..1 (cosine of their tf-idf vectors). */
export function gramCosine(index: LabelIndex, a: Uint32Array, b: Uint32Array): number {
  const { gramIdf } = index;
  let dot = 0;
  let normA = 0;
  let normB = 0;
  for (const gram of a) normA += gramIdf[gram]! ** 2;
  for (const gram of b) normB += gramIdf[gram]! ** 2;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]! < b[j]!) i++;
    else if (a[i]! > b[j]!) j++;
    else {
      dot += gramIdf[a[i]!]! ** 2;
      i++;
      j++;
    }
  }
  return dot === 0 ? 0 : dot / Math.sqrt(normA * normB);
}

// Stems most like an unknown one: other forms, slips of the pen.
function alike(index: LabelIndex, stem: string): [number, number][] {
  if (stem.length < 5) return [];
  const grams = gramsOf(stem);
  const shared = new Map<number, number>();
  for (const gram of grams) {
    const row = index.stemsOfGram.row(gram);
    if (row.length < LONGEST_ROW) for (const one of row) shared.set(one, (shared.get(one) ?? 0) + 1);
  }
  const found: [number, number][] = [];
  for (const [one, count] of shared) {
    if (count < grams.length * 0.35) continue;
    const likeness = gramCosine(index, grams, gramsOf(index.stems[one]!));
    if (likeness >= LEAST_LIKENESS) found.push([one, likeness]);
  }
  return found.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_ALIKE);
}

// «Prüfung der Qualität» names what a label calls Qualitätsprüfung.
function compoundHits(index: LabelIndex, hits: ReadonlyMap<number, Hit>): Map<number, Hit> {
  const found = new Map<number, { share: number; tokens: number[] }>();
  for (const [part, hit] of hits) {
    if (hit.credit < 1) continue;
    for (const compound of index.compounds.row(part)) {
      if (hits.has(compound)) continue;
      const one = found.get(compound) ?? { share: 0, tokens: [] };
      found.set(compound, one);
      one.share += index.stems[part]!.length / index.stems[compound]!.length;
      one.tokens.push(...hit.tokens);
    }
  }
  return new Map(
    [...found]
      .filter(([, { share }]) => share >= LEAST_OF_COMPOUND)
      .map(([compound, { share, tokens }]) => [compound, { credit: PART_OF_COMPOUND * Math.min(1, share), tokens }]),
  );
}
