/** One text in two languages: the numbers of its stems, where in the text each stands (0..1, absent where order means nothing), its weight. */
export interface ParallelText {
  source: Int32Array;
  target: Int32Array;
  sourcePlaces?: Float32Array;
  targetPlaces?: Float32Array;
  weight: number;
}

/** Words of two languages that stand in the same texts: for source stem s the entries start[s] … start[s + 1] − 1. */
export interface WordTable {
  start: Int32Array;
  target: Int32Array;
  /** p(target | source) */
  forward: Float64Array;
  /** p(source | target) */
  backward: Float64Array;
}

const ROUNDS = 5;
// How strongly words at the same share of the way through a text are preferred: e^(−λ·distance).
const ORDER = 2.5;
// Half an occurrence that is explained by nothing: what stands in one text only is no certain translation.
const DOUBT = 0.5;
// How much more a word of the same spelling is believed at first.
const SPELLING = 20;

/** How alike two words are spelt, 0..1. */
export type Likeness = (source: number, target: number) => number;

/**
 * IBM Model 1 in both directions (Brown et al. 1993), by expectation maximisation, with a preference for words at the same place
 * of the text (as Dyer et al. 2013 prefer the diagonal). It starts from the spelling, which decides where words always stand
 * together («orologi e gioielli»). Deterministic.
 */
export function align(
  texts: readonly ParallelText[],
  sources: number,
  targets: number,
  likeness: Likeness = () => 0,
  onRound: () => void = () => {},
): WordTable {
  const { start, target, cells } = coOccurrences(texts, sources, targets);
  const forward = new Float64Array(target.length);
  for (let source = 0; source < sources; source++) {
    for (let at = start[source] as number; at < (start[source + 1] as number); at++)
      forward[at] = 1 + SPELLING * likeness(source, target[at] as number);
  }
  const backward = forward.slice();
  const forwardCounts = new Float64Array(target.length);
  const backwardCounts = new Float64Array(target.length);
  for (let round = 0; round < ROUNDS; round++) {
    forwardCounts.fill(0);
    backwardCounts.fill(0);
    let cell = 0;
    for (const text of texts) {
      share(text, cells, cell, forward, backward, forwardCounts, backwardCounts);
      cell += text.source.length * text.target.length;
    }
    for (let source = 0; source < sources; source++) {
      const [from, to] = [start[source] as number, start[source + 1] as number];
      let sum = DOUBT;
      for (let at = from; at < to; at++) sum += forwardCounts[at] as number;
      for (let at = from; at < to; at++) forward[at] = (forwardCounts[at] as number) / sum;
    }
    const sums = new Float64Array(targets).fill(DOUBT);
    for (let at = 0; at < target.length; at++) (sums[target[at] as number] as number) += backwardCounts[at] as number;
    for (let at = 0; at < target.length; at++)
      backward[at] = (backwardCounts[at] as number) / (sums[target[at] as number] as number);
    onRound();
  }
  return { start, target, forward, backward };
}

// Each word of a text is shared out among the words of the other language in proportion to what is believed so far.
function share(
  text: ParallelText,
  cells: Int32Array,
  first: number,
  forward: Float64Array,
  backward: Float64Array,
  forwardCounts: Float64Array,
  backwardCounts: Float64Array,
): void {
  const { source, target, sourcePlaces, targetPlaces, weight } = text;
  const width = target.length;
  const near = sourcePlaces && targetPlaces ? nearness(sourcePlaces, targetPlaces) : undefined;
  const rowSums = new Float64Array(source.length);
  const columnSums = new Float64Array(width);
  for (let row = 0, at = 0; row < source.length; row++) {
    for (let column = 0; column < width; column++, at++) {
      const entry = cells[first + at] as number;
      const closeness = near ? (near[at] as number) : 1;
      (columnSums[column] as number) += (forward[entry] as number) * closeness;
      (rowSums[row] as number) += (backward[entry] as number) * closeness;
    }
  }
  for (let row = 0, at = 0; row < source.length; row++) {
    const ofRow = weight / (rowSums[row] as number);
    for (let column = 0; column < width; column++, at++) {
      const entry = cells[first + at] as number;
      const closeness = near ? (near[at] as number) : 1;
      (forwardCounts[entry] as number) +=
        (weight * (forward[entry] as number) * closeness) / (columnSums[column] as number);
      (backwardCounts[entry] as number) += (backward[entry] as number) * closeness * ofRow;
    }
  }
}

function nearness(rows: Float32Array, columns: Float32Array): Float64Array {
  const near = new Float64Array(rows.length * columns.length);
  let at = 0;
  for (const row of rows) for (const column of columns) near[at++] = Math.exp(-ORDER * Math.abs(row - column));
  return near;
}

// The entry of every pair of words that meet in a text, found once so that the rounds only read arrays.
function coOccurrences(texts: readonly ParallelText[], sources: number, targets: number) {
  const firstCell = new Int32Array(texts.length + 1);
  const occurrences = new Int32Array(sources + 1);
  texts.forEach(({ source, target }, at) => {
    firstCell[at + 1] = (firstCell[at] as number) + source.length * target.length;
    for (const one of source) (occurrences[one + 1] as number)++;
  });
  for (let one = 0; one < sources; one++) (occurrences[one + 1] as number) += occurrences[one] as number;
  const next = occurrences.slice();
  const textOf = new Int32Array(occurrences[sources] as number);
  const rowOf = new Int32Array(textOf.length);
  texts.forEach(({ source }, at) => {
    source.forEach((one, row) => {
      const place = (next[one] as number)++;
      textOf[place] = at;
      rowOf[place] = row;
    });
  });
  const cells = new Int32Array(firstCell[texts.length] as number);
  const start = new Int32Array(sources + 1);
  const entryOf = new Int32Array(targets);
  const seenBy = new Int32Array(targets).fill(-1);
  let target = new Int32Array(1 << 16);
  let entries = 0;
  for (let source = 0; source < sources; source++) {
    start[source] = entries;
    for (let place = occurrences[source] as number; place < (occurrences[source + 1] as number); place++) {
      const others = (texts[textOf[place] as number] as ParallelText).target;
      const first = (firstCell[textOf[place] as number] as number) + (rowOf[place] as number) * others.length;
      for (let column = 0; column < others.length; column++) {
        const other = others[column] as number;
        if (seenBy[other] !== source) {
          seenBy[other] = source;
          entryOf[other] = entries;
          if (entries === target.length) target = doubled(target);
          target[entries++] = other;
        }
        cells[first + column] = entryOf[other] as number;
      }
    }
  }
  start[sources] = entries;
  return { start, target: target.slice(0, entries), cells };
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
