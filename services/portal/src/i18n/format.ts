import { language } from './language.js';

// In this region also those who read English write the day before the month.
const locale = (): string => (language() === 'en' ? 'en-GB' : language());

/** `20 novembre 2026`. */
export function date(at: string | Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(new Date(at));
}

/** `20 novembre 2026 alle ore 14:05`, where the reader is or in another time zone. */
export function moment(at: string | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short', timeZone }).format(new Date(at));
}

/** `14:05`. */
export function time(at: string | Date): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(at));
}

/** `tra 3 giorni`, `ieri`. */
export function inDays(days: number): string {
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');
}

/** `domenica 22 novembre 2026`. */
export function weekday(at: Date): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full' }).format(at);
}

/** `5 minuti fa`, `3 ore fa`, `l’altro ieri`. */
export function ago(at: string | Date, now = new Date()): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (Math.abs(seconds) < 3600) return format.format(Math.trunc(seconds / 60), 'minute');
  if (Math.abs(seconds) < 86_400) return format.format(Math.trunc(seconds / 3600), 'hour');
  return format.format(Math.trunc(seconds / 86_400), 'day');
}

/** `87 %`. */
export function percent(share: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** `1.234,5`. */
export function number(value: number): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);
}

/** `Italia`, by ISO code. */
export function country(code: string): string {
  return new Intl.DisplayNames([locale()], { type: 'region' }).of(code) ?? code;
}
