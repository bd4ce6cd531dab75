import type { Alert } from '#libs/contracts';

const DAY = 24 * 60 * 60 * 1000;
const PERIOD: Record<Alert['rhythm'], number> = { now: 0, daily: DAY, weekly: 7 * DAY };

/** When a saved search tells of what it has just found: a day or a week after it told last, or was saved. What is found until then is told together. */
export function dueAt(rhythm: Alert['rhythm'], lastTold: Date, now: Date): Date {
  return new Date(Math.max(now.getTime(), lastTold.getTime() + PERIOD[rhythm]));
}
