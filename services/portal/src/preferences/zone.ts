/** What clocks and calendars of a time zone show. */
export interface Local {
  year: number;
  month: number;
  day: number;
  /** Minutes after midnight. */
  minute: number;
  /** 1 is Monday, 7 Sunday. */
  weekday: number;
}

/** What they show in a time zone at a moment. */
export function localOf(at: Date, timeZone: string): Local {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
  return { year, month, day, minute: hour * 60 + minute, weekday };
}

/** The moment at which they show so many minutes after the midnight of a day. */
export function momentOf({ year, month, day, minute }: Omit<Local, 'weekday'>, timeZone: string): Date {
  const shown = Date.UTC(year, month - 1, day, 0, minute);
  // The difference from UTC depends on the moment that is sought: looked up twice it is right on both sides of a change of the clocks.
  const once = shown - aheadOf(new Date(shown), timeZone);
  return new Date(shown - aheadOf(new Date(once), timeZone));
}

function aheadOf(at: Date, timeZone: string): number {
  const { year, month, day, minute } = localOf(at, timeZone);
  return Date.UTC(year, month - 1, day, 0, minute) - Math.floor(at.getTime() / 60_000) * 60_000;
}

/** The time zones that one can choose from, those of the region first. */
export function zones(current: string): { near: string[]; far: string[] } {
  const near = ['Europe/Rome', 'Europe/Zurich', 'Europe/Berlin', 'Europe/Vienna', 'Europe/Paris', 'Europe/Vaduz'];
  const all = new Set(Intl.supportedValuesOf('timeZone'));
  all.add(current);
  return { near, far: [...all].filter((name) => !near.includes(name)).sort() };
}
