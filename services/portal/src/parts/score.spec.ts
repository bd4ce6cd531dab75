import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PARTS, type Part, rounded, verdict } from './score.js';

describe('A score', () => {
  it('is a word and a number whose parts add up to it', () => {
    const parts = {
      competences: 0.4937,
      text: 0.2728,
      sector: 0,
      territory: 0.06,
      language: 0.04,
      availability: 0.021,
    };
    expect(rounded(0.8875, parts)).toEqual({
      score: 89,
      parts: { competences: 50, text: 27, sector: 0, territory: 6, language: 4, availability: 2 },
    });
    expect([0.89, 0.55, 0.4, 0.1].map(verdict)).toEqual(['strong', 'good', 'fair', 'faint']);
  });

  it('adds up whatever its parts are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.16, noNaN: true }), { minLength: 6, maxLength: 6 }), (values) => {
        const parts = Object.fromEntries(PARTS.map((part, at) => [part, values[at]])) as Record<Part, number>;
        const figures = rounded(
          values.reduce((sum, value) => sum + value, 0),
          parts,
        );
        const sum = PARTS.reduce((all, part) => all + figures.parts[part], 0);
        expect(Math.abs(sum - figures.score)).toBe(0);
        for (const part of PARTS) expect(Math.abs(figures.parts[part] - parts[part] * 100)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
