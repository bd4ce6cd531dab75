import { describe, expect, it } from '@jest/globals';
import {
  averagePrecision,
  collapse,
  inOrder,
  ndcgAt,
  recallAt,
  reciprocalRank,
  rPrecisionAt,
  successAt,
} from './metrics.js';

const ids = ['a', 'b', 'c', 'd', 'e'];
const grades = new Map([
  ['b', 1],
  ['d', 2],
  ['x', 1],
  ['a', 0],
]);

describe('metrics of one ranking', () => {
  it('breaks ties by id, ascending, however the answer was ordered', () => {
    const ranked = [
      { id: 'c', score: 1 },
      { id: 'z', score: 2 },
      { id: 'a', score: 1 },
      { id: 'B', score: 1 },
    ];
    expect(inOrder(ranked)).toEqual(['z', 'B', 'a', 'c']);
    expect(inOrder(ranked.reverse())).toEqual(['z', 'B', 'a', 'c']);
  });

  it('computes nDCG with gain 2^grade − 1 against the ideal order', () => {
    const found = 1 / Math.log2(3) + 3 / Math.log2(5);
    const ideal = 3 + 1 / Math.log2(3) + 1 / Math.log2(4);
    expect(ndcgAt(10, ids, grades)).toBeCloseTo(found / ideal, 12);
  });

  it('cuts nDCG at k on both sides', () => {
    expect(ndcgAt(2, ids, grades)).toBeCloseTo(1 / Math.log2(3) / (3 + 1 / Math.log2(3)), 12);
    expect(ndcgAt(1, ids, grades)).toBe(0);
    expect(ndcgAt(1, ['d'], grades)).toBe(1);
  });

  it('takes quarter grades as they are', () => {
    const quarters = new Map([
      ['a', 1.25],
      ['b', 4.75],
    ]);
    const [low, high] = [2 ** 1.25 - 1, 2 ** 4.75 - 1];
    expect(ndcgAt(10, ['a', 'b'], quarters)).toBeCloseTo((low + high / Math.log2(3)) / (high + low / Math.log2(3)), 12);
  });

  it('divides average precision by all relevant candidates, found or not', () => {
    expect(averagePrecision(ids, grades)).toBeCloseTo((1 / 2 + 2 / 4) / 3, 12);
  });

  it('takes the first relevant candidate for the reciprocal rank, a grade of 0 not being relevant', () => {
    expect(reciprocalRank(ids, grades)).toBe(1 / 2);
    expect(reciprocalRank(['a', 'c'], grades)).toBe(0);
  });

  it('divides recall by all and R-precision by what could stand there', () => {
    expect(recallAt(100, ids, grades)).toBeCloseTo(2 / 3, 12);
    expect(recallAt(3, ids, grades)).toBeCloseTo(1 / 3, 12);
    expect(rPrecisionAt(5, ids, grades)).toBeCloseTo(2 / 3, 12);
    expect(rPrecisionAt(2, ids, grades)).toBeCloseTo(1 / 2, 12);
  });

  it('counts a query as answered when one relevant candidate is among the first k', () => {
    expect(successAt(1, ids, grades)).toBe(0);
    expect(successAt(10, ids, grades)).toBe(1);
  });

  it('collapses ranking and judgments to concepts, each at its best candidate', () => {
    const conceptOf = new Map([
      ['a', 'A'],
      ['b', 'B'],
      ['c', 'A'],
      ['d', 'B'],
      ['x', 'B'],
    ]);
    const collapsed = collapse(ids, grades, conceptOf);
    expect(collapsed.ids).toEqual(['A', 'B', 'e']);
    expect(collapsed.grades).toEqual(
      new Map([
        ['A', 0],
        ['B', 2],
      ]),
    );
    expect(reciprocalRank(collapsed.ids, collapsed.grades)).toBe(1 / 2);
  });
});
