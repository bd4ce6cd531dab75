import { describe, expect, it } from '@jest/globals';
import { isGivenUp, pauseAfter } from './pause.js';

describe('The pause before a delivery is tried again', () => {
  it('grows from seconds to an hour and no further', () => {
    expect([1, 2, 3, 4].map(pauseAfter)).toEqual([5000, 10_000, 20_000, 40_000]);
    expect(pauseAfter(500)).toBe(3_600_000);
  });

  it('ends after five days', () => {
    const born = new Date('2026-01-01T00:00:00Z');
    expect(isGivenUp(born, new Date('2026-01-05T23:00:00Z'))).toBe(false);
    expect(isGivenUp(born, new Date('2026-01-06T00:00:01Z'))).toBe(true);
  });
});
