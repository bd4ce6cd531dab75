import { describe, expect, it } from '@jest/globals';
import type { LoadFigures } from './availability.part.js';
import { candidate, competence, copy, frequenciesOf, NEEDS, PEOPLE, scaleOf } from './people.fixture.js';
import { WEIGHTS } from './ranking.weights.js';
import { reasonsIn } from './reasons.js';
import { score } from './score.js';

const FREQUENCIES = frequenciesOf(Object.values(PEOPLE));
const SCALE = scaleOf(FREQUENCIES);
// Relevant enough for context to count in full.
const EXPERT = candidate(copy({ competences: [competence('machine-vision', 'expert')], capacity: 4 }), FREQUENCIES);
const AWAY = { ...EXPERT, away: [{ from: '2026-03-01', to: '2026-03-09' }] };
const scoredWith = (load?: LoadFigures, who = EXPERT) => score(NEEDS.vision, who, { ...SCALE, load: () => load });
const reasonsWith = (load?: LoadFigures, who = EXPERT) =>
  scoredWith(load, who)
    .contributions.filter(({ part }) => part === 'availability')
    .map(({ code }) => code);

const IDLE = { open: 0, asked: 0, responseRate: null };
const RELIABLE = { open: 0, asked: 8, responseRate: 0.95 };
const UNRELIABLE = { open: 0, asked: 8, responseRate: 0.3 };
const BUSY = { open: 3, asked: 0, responseRate: null };
const FULL = { open: 4, asked: 8, responseRate: 1 };

describe('Availability', () => {
  it('counts more for who answers in time, and says so', () => {
    expect(reasonsWith(RELIABLE)).toEqual(['available', 'answers-reliably']);
    expect(scoredWith(RELIABLE).score).toBeGreaterThan(scoredWith(IDLE).score);
  });

  it('holds nobody to requests that never came, nor to the first few', () => {
    expect(scoredWith(IDLE)).toEqual(scoredWith());
    expect(reasonsWith({ open: 0, asked: 2, responseRate: 1 })).toEqual(['available']);
    expect(reasonsWith(UNRELIABLE)).toEqual(['available']);
  });

  it('counts less for who has many requests in hand: the reason weighs less than nothing', () => {
    expect(reasonsWith({ ...BUSY, open: 1 })).toEqual(['available']);
    expect(reasonsWith(BUSY)).toEqual(['available', 'many-open-requests']);
    expect(scoredWith(BUSY).contributions.at(-1)).toMatchObject({ code: 'many-open-requests' });
    expect(scoredWith(BUSY).contributions.at(-1)!.weight).toBeLessThan(0);
    expect(scoredWith(BUSY).score).toBeLessThan(scoredWith(IDLE).score);
  });

  it('is nothing for who has reached the cap, is away or takes no requests, however reliable, and each is told', () => {
    const none = { ...EXPERT, capacity: 0 };
    for (const [load, who, code] of [
      [FULL, EXPERT, 'many-open-requests'],
      [RELIABLE, AWAY, 'away'],
      [RELIABLE, none, 'takes-no-requests'],
    ] as const) {
      expect(scoredWith(load, who).parts.availability).toBe(0);
      expect(reasonsWith(load, who)).toEqual([code]);
    }
    const [reason] = reasonsIn('it', scoredWith(undefined, AWAY).contributions, () => undefined).slice(-1);
    expect(reason!.text).toBe('Assente fino al 2026-03-09');
  });

  it.each([undefined, IDLE, RELIABLE, UNRELIABLE, BUSY, FULL, { open: 3, asked: 8, responseRate: 0.9 }])(
    'adds up with all else: %j',
    (load) => {
      const { score: whole, parts, values, contributions } = scoredWith(load);
      const sum = (of: number[]) => of.reduce((all, one) => all + one, 0);
      expect(sum(Object.values(parts))).toBeCloseTo(whole, 8);
      expect(sum(contributions.map(({ weight }) => weight))).toBeCloseTo(whole, 8);
      expect(parts.availability).toBeGreaterThanOrEqual(0);
      expect(parts.availability).toBeLessThanOrEqual(WEIGHTS.parts.availability);
      expect(values.availability).toBeLessThanOrEqual(1);
    },
  );
});
