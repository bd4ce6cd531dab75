import { expect, it } from '@jest/globals';
import { byDay, daysAhead } from './days.js';

const at = (day: number, hour: number) => ({ createdAt: new Date(2026, 2, day, hour).toISOString() });

it('What came on one day stands together, newest first as it came', () => {
  const days = byDay([at(29, 23), at(29, 0), at(28, 23), at(20, 9)]);
  expect(days.map(({ start, items }) => [start.getDate(), items.length])).toEqual([
    [29, 2],
    [28, 1],
    [20, 1],
  ]);
});

it('Days are counted by midnights, also where the clocks change between them', () => {
  const now = new Date(2026, 2, 30, 8);
  const ahead = (day: number, hour: number) => daysAhead(new Date(2026, 2, day, hour), now);
  expect([ahead(30, 23), ahead(29, 23), ahead(28, 1)]).toEqual([0, -1, -2]);
});
