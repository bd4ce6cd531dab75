import { expect, it } from '@jest/globals';
import { capacity } from './capacity.js';

it('An expert is away from the first day of an absence to the last', () => {
  const expert = { capacity: 3, away: [{ from: '2026-11-20', to: '2026-11-22' }] };
  const on = (day: number, hour: number) => capacity(expert, { open: 2 }, new Date(2026, 10, day, hour));
  expect(on(22, 23)).toEqual({ taken: 2, whole: 3, away: '2026-11-22' });
  expect([on(19, 23).away, on(20, 0).away, on(23, 0).away]).toEqual([undefined, '2026-11-22', undefined]);
});
