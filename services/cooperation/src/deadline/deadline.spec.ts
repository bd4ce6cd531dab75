import { describe, expect, it } from '@jest/globals';
import { dayOf, deadlinesFrom, dueStep, nextStepAt } from './deadline.js';
import { isHoliday } from './holidays.js';

const LECCO = { country: 'IT', territory: 'ITC43' };
const TICINO = { country: 'CH', territory: 'CH070' };
const at = (moment: string) => new Date(moment);
const daysOf = (place: typeof LECCO, moment: string, days = 10) => {
  const { halfAt, dayBeforeAt, dueAt } = deadlinesFrom(at(moment), place, days);
  return [halfAt, dayBeforeAt, dueAt].map(dayOf);
};

describe('When an answer is due', () => {
  it('ten working days later where nothing is celebrated', () => {
    // Monday 2 February 2026.
    expect(daysOf(LECCO, '2026-02-02T09:00:00Z')).toEqual(['2026-02-09', '2026-02-13', '2026-02-16']);
    expect(daysOf(TICINO, '2026-02-02T09:00:00Z')).toEqual(['2026-02-09', '2026-02-13', '2026-02-16']);
  });

  it('Saint Joseph is a day off in Ticino and not in Lombardia', () => {
    // Monday 16 March 2026; the 19th is a Thursday.
    expect(daysOf(LECCO, '2026-03-16T09:00:00Z').at(-1)).toBe('2026-03-30');
    expect(daysOf(TICINO, '2026-03-16T09:00:00Z').at(-1)).toBe('2026-03-31');
  });

  it('Easter Monday moves it on both sides of the border', () => {
    // Monday 30 March 2026; Easter is on 5 April.
    expect(daysOf(LECCO, '2026-03-30T09:00:00Z').at(-1)).toBe('2026-04-14');
    expect(daysOf(TICINO, '2026-03-30T09:00:00Z').at(-1)).toBe('2026-04-14');
  });

  it('the first of August counts in Switzerland, the Assumption in both', () => {
    // Monday 21 July 2025: 1 August and 15 August are Fridays.
    expect(daysOf(LECCO, '2025-07-21T09:00:00Z').at(-1)).toBe('2025-08-04');
    expect(daysOf(TICINO, '2025-07-21T09:00:00Z').at(-1)).toBe('2025-08-05');
    expect([LECCO, TICINO].map((place) => isHoliday(place, '2025-08-15'))).toEqual([true, true]);
  });

  it('each canton has its own calendar', () => {
    const graubuenden = { country: 'CH', territory: 'CH056' };
    expect(isHoliday(TICINO, '2026-05-01')).toBe(true);
    expect(isHoliday(graubuenden, '2026-05-01')).toBe(false);
    expect(isHoliday({ country: 'CH', territory: null }, '2026-08-01')).toBe(true);
  });

  it('South Tyrol has its Whit Monday, and a country nobody knows has weekends', () => {
    expect(isHoliday({ country: 'IT', territory: 'ITH10' }, '2026-05-25')).toBe(true);
    expect(isHoliday(LECCO, '2026-05-25')).toBe(false);
    expect(daysOf({ country: 'ZZ', territory: 'ZZ' }, '2026-02-02T09:00:00Z').at(-1)).toBe('2026-02-16');
  });

  it('the day ends at midnight of the border, also over the change of the clocks', () => {
    // Sunday 29 March 2026 is the change; asked late in the evening, local time.
    const { dueAt, halfAt } = deadlinesFrom(at('2026-03-23T22:30:00Z'), LECCO, 5);
    expect(dueAt.toISOString()).toBe('2026-03-30T21:59:59.999Z');
    expect(halfAt.toISOString()).toBe('2026-03-26T08:00:00.000Z');
    // Half past eleven in the evening there, though another day in UTC has not begun.
    expect(dayOf(at('2026-03-23T23:30:00Z'))).toBe('2026-03-24');
  });

  it('a promise of a single day is reminded of that morning', () => {
    expect(daysOf(LECCO, '2026-02-06T09:00:00Z', 1)).toEqual(['2026-02-09', '2026-02-09', '2026-02-09']);
  });
});

describe('What the calendar does with an interest', () => {
  const deadlines = deadlinesFrom(at('2026-02-02T09:00:00Z'), LECCO, 10);

  it('reminds at half time and on the day before, once each, then lets it expire', () => {
    expect(dueStep(at('2026-02-09T07:59:00Z'), deadlines, null)).toBeNull();
    expect(dueStep(at('2026-02-09T08:00:00Z'), deadlines, null)).toBe('half-time');
    expect(dueStep(at('2026-02-10T08:00:00Z'), deadlines, 'half-time')).toBeNull();
    expect(dueStep(at('2026-02-13T08:00:00Z'), deadlines, 'half-time')).toBe('day-before');
    expect(dueStep(at('2026-02-16T20:00:00Z'), deadlines, 'day-before')).toBeNull();
    expect(dueStep(at('2026-02-16T23:00:00Z'), deadlines, 'day-before')).toBe('expiry');
  });

  it('does not remind of what is over by now', () => {
    expect(dueStep(at('2026-02-13T09:00:00Z'), deadlines, null)).toBe('day-before');
    expect(dueStep(at('2026-03-01T09:00:00Z'), deadlines, null)).toBe('expiry');
  });

  it('is looked at again when there is something to do', () => {
    expect(nextStepAt(deadlines, null)).toEqual(deadlines.halfAt);
    expect(nextStepAt(deadlines, 'half-time')).toEqual(deadlines.dayBeforeAt);
    const last = nextStepAt(deadlines, 'day-before');
    expect(dueStep(last, deadlines, 'day-before')).toBe('expiry');
  });
});
