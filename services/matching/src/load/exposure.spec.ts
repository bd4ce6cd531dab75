import { describe, expect, it } from '@jest/globals';
import { gini, quantile } from './exposure.js';

describe('Exposure', () => {
  it('is 0 where everybody is suggested alike, and nearly 1 where one has everything', () => {
    expect(gini([3, 3, 3, 3])).toBeCloseTo(0);
    expect(gini([0, 0, 0, 12])).toBeCloseTo(0.75);
    expect(gini([1, 2, 3, 4])).toBeCloseTo(0.25);
    expect([gini([]), gini([0, 0])]).toEqual([0, 0]);
  });

  it('has quantiles, whatever the order', () => {
    expect([0.5, 0.9, 1].map((share) => quantile([9, 0, 1, 4], share))).toEqual([1, 9, 9]);
    expect(quantile([], 0.5)).toBe(0);
  });
});
