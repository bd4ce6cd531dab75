import { describe, expect, it } from '@jest/globals';
import { daysToChoose } from '../i18n/day.js';
import { nextWeek, onDate, tomorrow } from './snooze.js';

describe('What is put off', () => {
  const sunday = new Date(2026, 10, 22, 23, 30);

  it('comes back in the morning, tomorrow or on Monday', () => {
    expect(tomorrow(sunday)).toEqual(new Date(2026, 10, 23, 8));
    expect(nextWeek(sunday)).toEqual(new Date(2026, 10, 23, 8));
    expect(nextWeek(new Date(2026, 10, 23, 7))).toEqual(new Date(2026, 10, 30, 8));
    expect(nextWeek(new Date(2026, 10, 25, 7))).toEqual(new Date(2026, 10, 30, 8));
  });

  it('comes back on a day of the year to come, and on no other', () => {
    expect(onDate('2026-12-24', sunday)).toEqual(new Date(2026, 11, 24, 8));
    expect(['2026-11-22', '2027-11-23', '', 'tomorrow'].map((day) => onDate(day, sunday))).toEqual(
      Array(4).fill(undefined),
    );
    expect(daysToChoose(sunday)).toEqual({ min: '2026-11-23', max: '2027-11-22' });
  });
});
