import { startOfDay } from '../i18n/day.js';

interface Day<T> {
  /** Its first moment, where the reader is. */
  start: Date;
  items: T[];
}

/** Puts what came on the same day together, in the order in which it is. */
export function byDay<T extends { createdAt: string }>(items: readonly T[]): Day<T>[] {
  const days: Day<T>[] = [];
  for (const item of items) {
    const start = startOfDay(new Date(item.createdAt));
    const last = days.at(-1);
    if (last?.start.getTime() === start.getTime()) last.items.push(item);
    else days.push({ start, items: [item] });
  }
  return days;
}

/** How many days a day lies ahead: today is 0, yesterday -1. */
export function daysAhead(day: Date, now: Date): number {
  // Rounded: a day on which the clocks change has 23 hours or 25.
  return Math.round((startOfDay(day).getTime() - startOfDay(now).getTime()) / 86_400_000);
}
