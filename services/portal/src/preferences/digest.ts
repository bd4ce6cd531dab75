import type { Schemas } from '../api/client.js';
import { type Local, localOf, momentOf } from './zone.js';

type Wishes = Pick<Schemas['Preferences'], 'quietHours' | 'timeZone' | 'pausedUntil'>;

/** When the platform sends what came together, where its reader is; what comes once a week, on Mondays. */
const DIGEST_MINUTE = 8 * 60;
const MONDAY = 1;

/** When what waits for the daily and for the weekly mail would go out, as things are: a preview of what the platform decides. */
export function nextDigests({ quietHours, timeZone, pausedUntil }: Wishes, now: Date): { daily: Date; weekly: Date } {
  const paused = pausedUntil ? new Date(pausedUntil) : now;
  const after = paused > now ? paused : now;
  return { daily: next(after, false), weekly: next(after, true) };

  function next(from: Date, onMonday: boolean): Date {
    const today = localOf(from, timeZone);
    for (let days = 0; ; days++) {
      const day = later(today, days);
      const at = momentOf({ ...day, minute: DIGEST_MINUTE }, timeZone);
      if (at > from && (!onMonday || day.weekday === MONDAY)) return afterQuiet(day, at);
    }
  }

  function afterQuiet(day: Local, at: Date): Date {
    if (!quietHours) return at;
    const [begin, end] = [minuteOf(quietHours.from), minuteOf(quietHours.to)];
    const overnight = begin > end;
    const quiet = overnight
      ? DIGEST_MINUTE >= begin || DIGEST_MINUTE < end
      : DIGEST_MINUTE >= begin && DIGEST_MINUTE < end;
    if (!quiet) return at;
    const endsTomorrow = overnight && DIGEST_MINUTE >= begin;
    return momentOf({ ...later(day, endsTomorrow ? 1 : 0), minute: end }, timeZone);
  }
}

function later(day: Local, days: number): Local {
  const at = new Date(Date.UTC(day.year, day.month - 1, day.day + days));
  return {
    ...day,
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: at.getUTCDay() || 7,
  };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
