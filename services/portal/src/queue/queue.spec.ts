import { describe, expect, it } from '@jest/globals';
import { byPressure } from './load-order.js';
import { liesIn, placesIn } from './places.js';

describe('The queue', () => {
  it('knows the places of what it holds, and what lies in one of them', () => {
    const all = [{ territory: 'CH070' }, { territory: 'ITC43' }, { territory: 'CH070' }, { country: 'IT' }, {}];
    expect(placesIn(all)).toEqual([
      { code: 'CH070', count: 2 },
      { code: 'ITC43', count: 1 },
      { code: 'IT', count: 1 },
    ]);
    expect(all.map((one) => liesIn('CH070', one))).toEqual([true, false, true, false, false]);
    expect(all.every((one) => liesIn(undefined, one))).toBe(true);
  });

  it('has first who has most in hand, then who answers least', () => {
    const expert = (name: string, capacity: number, open: number, responseRate: number | null) => ({
      name,
      capacity,
      load: { open, responseRate },
    });
    const order = byPressure([
      expert('idle', 3, 0, null),
      expert('half', 4, 2, 0.9),
      expert('slow', 2, 1, 0.2),
      expert('full', 0, 1, 1),
    ]);
    expect(order.map(({ name }) => name)).toEqual(['full', 'slow', 'half', 'idle']);
  });
});
