import { describe, expect, it } from '@jest/globals';
import { figure, interval, pairedTest } from './statistics.js';

const units = (...values: number[]) => values.map((value) => ({ value, weight: 1 }));

describe('statistics of a comparison', () => {
  it('weighs units, so that a pooled figure is not a mean of means', () => {
    expect(
      figure([
        { value: 1, weight: 1 },
        { value: 0, weight: 3 },
      ]),
    ).toBe(0.25);
  });

  it('finds no difference between a system and itself', () => {
    expect(pairedTest(units(0, 1, 0.5), units(0, 1, 0.5), 1)).toBe(1);
  });

  it('agrees with all sign changes counted by hand', () => {
    // Differences 1, 1, 1, 1: of the 16 assignments two reach a sum of 4 in either direction.
    expect(pairedTest(units(1, 1, 1, 1), units(0, 0, 0, 0), 1)).toBeCloseTo(2 / 16, 1);
    // Differences 3, 1, -1: |sum| = 3 is reached by 6 of the 8.
    expect(pairedTest(units(3, 1, 0), units(0, 0, 1), 1)).toBeCloseTo(6 / 8, 1);
  });

  it('is sure of a difference that many units share, whichever system is better', () => {
    const high = units(...Array.from({ length: 40 }, (_, index) => 0.6 + (index % 5) / 50));
    const low = units(...Array.from({ length: 40 }, (_, index) => 0.4 + (index % 3) / 50));
    expect(pairedTest(high, low, 1)).toBeLessThan(0.001);
    expect(pairedTest(low, high, 1)).toBe(pairedTest(high, low, 1));
  });

  it('gives the same p and the same interval for the same seed', () => {
    const a = units(0.1, 0.9, 0.4, 0.7, 0.2);
    const b = units(0.3, 0.5, 0.1, 0.9, 0.4);
    expect(pairedTest(a, b, 7)).toBe(pairedTest(a, b, 7));
    expect(interval(a, 7)).toEqual(interval(a, 7));
  });

  it('puts the interval around the figure, wide where units differ and a point where they do not', () => {
    const mixed = units(...Array.from({ length: 100 }, (_, index) => index % 2));
    const [low, high] = interval(mixed, 3);
    // Half of 100 coins: standard error .05.
    expect(low).toBeCloseTo(0.4, 1);
    expect(high).toBeCloseTo(0.6, 1);
    expect(interval(units(0.25, 0.25, 0.25), 3)).toEqual([0.25, 0.25]);
  });
});
