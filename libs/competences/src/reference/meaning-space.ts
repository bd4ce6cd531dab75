import { setImmediate as turn } from 'node:timers/promises';
import type { Hit } from './label-hits.js';
import type { LabelIndex } from './label-index.js';
import { NumberList, type Rows } from './rows.js';

/** Words and concepts as points in a space in which what is used alike lies near. */
export interface MeaningSpace {
  /** A point for each stem, of length 1. */
  readonly stems: Float32Array;
  /** A point for each concept, of length 1. */
  readonly concepts: Float32Array;
}

const DIMENSIONS = 64;
const ROUNDS = 2;
const ROWS_PER_TURN = 2_000;
/** So few concepts say nothing about how words are used. */
const LEAST_CONCEPTS = 1_000;
const PREFERRED = 2;

/** A sparse matrix: concepts by stems. */
interface Uses {
  starts: Uint32Array;
  stems: Uint32Array;
  values: Float32Array;
}

/**
 * Latent semantic analysis of what concepts are called and how they are described: the first directions of the concept-stem matrix (log tf × idf, rows of
 * length 1) by randomised subspace iteration (Halko, Martinsson, Tropp 2011) from fixed numbers, so that equal input gives an equal space.
 * Undefined for few concepts. Pauses often.
 */
export async function meaningSpace(index: LabelIndex, described: Rows): Promise<MeaningSpace | undefined> {
  const concepts = index.labelStarts.length - 1;
  const named = new Set(index.conceptOf).size;
  if (named < LEAST_CONCEPTS) return undefined;
  const uses = usesOf(index, described);
  const stems = firstNumbers(index.stems.length * DIMENSIONS);
  const points = new Float32Array(concepts * DIMENSIONS);
  for (let round = 0; round <= ROUNDS; round++) {
    points.fill(0);
    await eachUse(uses, (concept, stem, value) => addTo(points, concept, stems, stem, value));
    orthogonal(points);
    await turn();
    stems.fill(0);
    await eachUse(uses, (concept, stem, value) => addTo(stems, stem, points, concept, value));
    if (round < ROUNDS) orthogonal(stems);
    await turn();
  }
  lengthOne(stems);
  points.fill(0);
  await eachUse(uses, (concept, stem, value) => addTo(points, concept, stems, stem, value));
  lengthOne(points);
  return { stems, concepts: points };
}

/** How near concepts lie to the words of a text, -1..1; the text by what it hits. */
export function nearnessTo(
  space: MeaningSpace,
  index: LabelIndex,
  hits: ReadonlyMap<number, Hit>,
): (concept: number) => number {
  const text = new Float32Array(DIMENSIONS);
  for (const [stem, { credit }] of hits) addTo(text, 0, space.stems, stem, index.idf[stem]! * credit);
  lengthOne(text);
  return (concept) => {
    let nearness = 0;
    const from = concept * DIMENSIONS;
    for (let at = 0; at < DIMENSIONS; at++) nearness += text[at]! * space.concepts[from + at]!;
    return nearness;
  };
}

function usesOf(index: LabelIndex, described: Rows): Uses {
  const starts = new Uint32Array(index.labelStarts.length);
  const stems = new NumberList();
  const values: number[] = [];
  for (let concept = 0; concept < index.labelStarts.length - 1; concept++) {
    const counts = new Map<number, number>();
    const count = (stem: number, times: number) => {
      if (stem < index.stems.length) counts.set(stem, (counts.get(stem) ?? 0) + times);
    };
    const first = index.labelStarts[concept]!;
    for (let label = first; label < index.labelStarts[concept + 1]!; label++) {
      for (const word of index.labelWords.row(label)) count(index.stemOfWord[word]!, label === first ? PREFERRED : 1);
    }
    for (const stem of described.row(concept)) count(stem, 1);
    const weights = [...counts].map(([stem, times]) => [stem, (1 + Math.log(times)) * index.idf[stem]!] as const);
    const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
    for (const [stem, weight] of weights) {
      stems.push(stem);
      values.push(weight / length);
    }
    starts[concept + 1] = stems.length;
  }
  return { starts, stems: stems.values(), values: Float32Array.from(values) };
}

async function eachUse(uses: Uses, use: (concept: number, stem: number, value: number) => void): Promise<void> {
  for (let concept = 0; concept < uses.starts.length - 1; concept++) {
    for (let at = uses.starts[concept]!; at < uses.starts[concept + 1]!; at++)
      use(concept, uses.stems[at]!, uses.values[at]!);
    if (concept % ROWS_PER_TURN === ROWS_PER_TURN - 1) await turn();
  }
}

function addTo(target: Float32Array, row: number, source: Float32Array, from: number, weight: number): void {
  const to = row * DIMENSIONS;
  const start = from * DIMENSIONS;
  for (let at = 0; at < DIMENSIONS; at++) target[to + at]! += weight * source[start + at]!;
}

// Makes the columns orthonormal: by the Cholesky factor of the matrix of their products.
function orthogonal(rows: Float32Array): void {
  const factor = new Float64Array(DIMENSIONS * DIMENSIONS);
  for (let from = 0; from < rows.length; from += DIMENSIONS) {
    for (let i = 0; i < DIMENSIONS; i++) {
      const value = rows[from + i]!;
      // Concepts that a language does not name are rows of zeros, most of them in some imports.
      if (value === 0) continue;
      for (let j = 0; j <= i; j++) factor[i * DIMENSIONS + j]! += value * rows[from + j]!;
    }
  }
  for (let i = 0; i < DIMENSIONS; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = factor[i * DIMENSIONS + j]!;
      for (let k = 0; k < j; k++) rest -= factor[i * DIMENSIONS + k]! * factor[j * DIMENSIONS + k]!;
      factor[i * DIMENSIONS + j] = i === j ? Math.sqrt(Math.max(rest, 1e-9)) : rest / factor[j * DIMENSIONS + j]!;
    }
  }
  for (let from = 0; from < rows.length; from += DIMENSIONS) {
    if (rows[from] === 0 && rows[from + 1] === 0) continue;
    for (let i = 0; i < DIMENSIONS; i++) {
      let rest = rows[from + i]!;
      for (let k = 0; k < i; k++) rest -= factor[i * DIMENSIONS + k]! * rows[from + k]!;
      rows[from + i] = rest / factor[i * DIMENSIONS + i]!;
    }
  }
}

function lengthOne(rows: Float32Array): void {
  for (let from = 0; from < rows.length; from += DIMENSIONS) {
    let square = 0;
    for (let at = from; at < from + DIMENSIONS; at++) square += rows[at]! ** 2;
    const length = Math.sqrt(square) || 1;
    for (let at = from; at < from + DIMENSIONS; at++) rows[at]! /= length;
  }
}

// A start that is the same every time (a linear congruential generator, Numerical Recipes).
function firstNumbers(count: number): Float32Array {
  let state = 7;
  return new Float32Array(count).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
}
