import { describe, expect, it } from '@jest/globals';
import { candidateOf } from './candidate.js';
import type { Need } from './need.js';
import { competence, copy, frequenciesOf, need, scaleOf } from './people.fixture.js';
import { score } from './score.js';

const firmOf = (offers: string[], seeks: string[], frequencies = frequenciesOf([])) => {
  const { features, ...place } = copy({ competences: offers.map((id) => competence(id)) });
  const wanted = copy({ competences: seeks.map((id) => competence(id)) });
  return candidateOf(
    { ...place, type: 'company', features: { ...features, seeks: wanted.features.evidence } },
    frequencies,
  );
};
const scale = scaleOf(frequenciesOf([]));
const weaver = firmOf(['technical-textiles'], ['machine-vision']);
const asked = (bothWays: boolean): Need => ({
  ...need({ text: 'visione artificiale', lang: 'it' }),
  own: weaver.offers,
  bothWays,
});
const both = firmOf(['machine-vision'], ['technical-textiles']);
const gives = firmOf(['machine-vision'], ['accounting']);
const takes = firmOf(['accounting'], ['technical-textiles']);
const codes = (wanted: Need, firm: typeof both) => score(wanted, firm, scale).contributions.map((one) => one.code);

describe('The other direction of a partnership', () => {
  it.each([true, false])('adds to what a firm offers (as it is: %s)', (bothWays) => {
    const [twice, once] = [both, gives].map((firm) => score(asked(bothWays), firm, scale));
    expect(twice!.score).toBeGreaterThan(once!.score);
    expect(codes(asked(bothWays), both)).toContain('seeks-yours');
    expect(codes(asked(bothWays), gives)).not.toContain('seeks-yours');
  });

  it('is worth something alone where firms are compared as they are, and nothing beside a need in words', () => {
    expect(codes(asked(true), takes)).toContain('seeks-yours');
    expect(score(asked(false), takes, scale).score).toBe(0);
  });

  it('counts the share of what the other firm seeks', () => {
    const one = firmOf([], ['technical-textiles']);
    const oneOfTwo = firmOf([], ['technical-textiles', 'accounting']);
    expect(score(asked(true), one, scale).relevance).toBeCloseTo(2 * score(asked(true), oneOfTwo, scale).relevance, 2);
  });

  it('keeps each part within its share', () => {
    const { parts } = score(asked(true), both, scale);
    for (const part of ['competences', 'text'] as const)
      expect(parts[part]).toBeLessThanOrEqual(scale.weights.parts[part]);
  });

  it('is lost with the evidence that it names', () => {
    const without = firmOf(['machine-vision'], []);
    expect(score(asked(true), without, scale).score).toBeLessThan(score(asked(true), both, scale).score);
  });
});
