/** The first moment of a day, where the reader is. */
export function startOfDay(at: Date): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate());
}

/** `2026-11-23`, as date inputs have it. */
export function dateValue(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** The day in a date input, so many hours after its beginning; undefined where it is none, not ahead, or more than a year away. */
export function dayAhead(value: string, now: Date, hour: number): Date | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  const at = new Date(Number(year), Number(month) - 1, Number(day), hour);
  if (Number.isNaN(at.getTime()) || at <= now || at > inDays(now, 365, hour)) return undefined;
  return at;
}

/** So many days after today, at an hour. */
export function inDays(now: Date, days: number, hour = 0): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}

/** From when to when a date input lets one choose a day ahead. */
export const daysToChoose = (now: Date) => ({ min: dateValue(inDays(now, 1)), max: dateValue(inDays(now, 365)) });
