import { DateTime } from 'luxon';
import { isHoliday, type Place } from './holidays.js';

export type Reminder = 'half-time' | 'day-before';

/** When an answer is due, and when its two reminders are. */
export interface Deadlines {
  halfAt: Date;
  dayBeforeAt: Date;
  dueAt: Date;
}

/** Both countries of the border keep the same hours. */
const ZONE = 'Europe/Rome';
const MORNING = 9;

/** The day (`2026-08-01`) that people at the border have at this moment. */
export const dayOf = (moment: Date): string => DateTime.fromJSDate(moment, { zone: ZONE }).toISODate()!;

/**
 * The promise of an answer: due at the end of the `days`th working day after `now` where the one asked is; reminders on the morning of the day in the
 * middle and of the working day before.
 */
export function deadlinesFrom(now: Date, place: Place, days: number): Deadlines {
  const reached: DateTime[] = [];
  const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf('day');
  for (let day = today.plus({ days: 1 }); reached.length < days; day = day.plus({ days: 1 })) {
    if (day.weekday <= 5 && !isHoliday(place, day.toISODate()!)) reached.push(day);
  }
  const at = (number: number) => reached[Math.max(0, number - 1)]!;
  return {
    halfAt: at(Math.ceil(days / 2))
      .set({ hour: MORNING })
      .toJSDate(),
    dayBeforeAt: at(days - 1)
      .set({ hour: MORNING })
      .toJSDate(),
    dueAt: at(days).endOf('day').toJSDate(),
  };
}

/**
 * What the calendar asks for at `now`. A reminder whose time went by unused is skipped for what came after it: nobody is reminded of what is over.
 */
export function dueStep(now: Date, deadlines: Deadlines, told: Reminder | null): Reminder | 'expiry' | null {
  if (now > deadlines.dueAt) return 'expiry';
  if (now >= deadlines.dayBeforeAt) return told === 'day-before' ? null : 'day-before';
  return now >= deadlines.halfAt && told === null ? 'half-time' : null;
}

/** When it next asks for something, after `told`. */
export function nextStepAt(deadlines: Deadlines, told: Reminder | null): Date {
  if (told === 'day-before') return new Date(deadlines.dueAt.getTime() + 1);
  return told === 'half-time' ? deadlines.dayBeforeAt : deadlines.halfAt;
}
