import { describe, expect, it } from '@jest/globals';
import { pairLosses, type Scores } from './loss.js';

type Table = Record<string, Record<string, number>>;
const maps = (table: Table) => new Map(Object.entries(table).map(([key, row]) => [key, new Map(Object.entries(row))]));

const grades = maps({ p1: { r: 5 }, p2: { r: 3 }, p3: { r: 2, s: 1 }, p4: { r: 2, s: 4.5 } });
const perfect: Scores = maps({ p1: { r: 9 }, p2: { r: 5 }, p3: { r: 1, s: 0.1 }, p4: { r: 1, s: 0.2 } });

const pooled = (losses: ReturnType<typeof pairLosses>) => {
  const sum = (of: 'lost' | 'weight') => [...losses.values()].reduce((total, loss) => total + loss[of], 0);
  return sum('lost') / sum('weight');
};

describe('the pairwise loss', () => {
  it('weighs a pair by how far its grades are apart, equal grades not at all', () => {
    const losses = pairLosses(grades, [perfect]);
    expect(losses.get('r')).toEqual({ lost: 0, weight: 2 + 3 + 3 + 1 + 1 });
    expect(losses.get('s')).toEqual({ lost: 0, weight: 3.5 });
  });

  it('counts a pair the wrong way round in full and a tie half', () => {
    const scores = maps({ p1: { r: 1 }, p2: { r: 2 }, p3: { r: 1 }, p4: { r: 0 } });
    // p1 < p2 is wrong (2), p1 = p3 a tie (3 / 2), p4 below all is right, p3 below p2 is right.
    expect(pairLosses(grades, [scores]).get('r')).toEqual({ lost: 2 + 1.5, weight: 10 });
  });

  it('gives constant scores one half', () => {
    expect(pooled(pairLosses(grades, [new Map()]))).toBe(0.5);
  });

  it('pools over reviewers instead of averaging them', () => {
    const scores = maps({ p1: { r: 9 }, p2: { r: 5 }, p3: { r: 1, s: 2 }, p4: { r: 1, s: 1 } });
    expect(pooled(pairLosses(grades, [scores]))).toBeCloseTo(3.5 / 13.5, 12);
  });

  it('is the mean over the samples', () => {
    const losses = pairLosses(grades, [perfect, new Map()]);
    expect(losses.get('s')).toEqual({ lost: 3.5 / 4, weight: 3.5 });
    expect(pooled(losses)).toBeCloseTo(0.25, 12);
  });
});
