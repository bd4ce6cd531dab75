import { describe, expect, it } from '@jest/globals';
import { dueAt } from './rhythm.js';

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 2, day, hour));

describe('A saved search tells', () => {
  it('at once, or a day or a week after it told last', () => {
    expect(dueAt('now', at(1), at(1, 3))).toEqual(at(1, 3));
    expect(dueAt('daily', at(1), at(1, 3))).toEqual(at(2));
    expect(dueAt('weekly', at(1), at(1, 3))).toEqual(at(8));
  });

  it('at once too where it has been silent for longer', () => {
    expect(dueAt('daily', at(1), at(5, 3))).toEqual(at(5, 3));
  });
});
