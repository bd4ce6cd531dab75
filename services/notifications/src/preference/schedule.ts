import { DateTime } from 'luxon';
import type { Preferences, Rhythm } from '#libs/contracts';
import type { NoticeKind } from '../notice/notice.entity.js';

/** What of somebody's preferences decides when they are told. */
export type Wishes = Pick<Preferences, 'rhythms' | 'quietHours' | 'timeZone' | 'pausedUntil' | 'mailsPerDay'>;

/** What is to go out. */
export interface Parcel {
  kind: NoticeKind;
  channel: string;
  /** The rhythm that was chosen for this very thing, such as a saved search. */
  rhythm?: Rhythm;
  /** It waited for a digest whose hour has come. */
  digest?: boolean;
}

/** What the recipient's day, midnight to midnight where they are, looks like already. */
export interface Today {
  /** Mails sent, digests included. */
  sent: number;
  /** A digest still goes out before midnight: its place within the cap is kept free. */
  digestWaiting: boolean;
}

export type Decision =
  | { when: 'now' }
  /** By itself, at that time. */
  | { when: 'at'; at: Date; why: 'quiet' }
  /** Together with what else falls in. */
  | { when: 'digest'; at: Date; why: 'rhythm' | 'paused' | 'cap' | 'quiet' }
  | { when: 'never' };

/** When digests go out, where their reader is. Weekly ones on Mondays. */
const DIGEST_HOUR = 8;
const MONDAY = 1;

/** When something goes out on a channel. The one place where rhythm, pause, cap and quiet hours are weighed against each other. */
export function scheduleOf(parcel: Parcel, wishes: Wishes, today: Today, now: Date): Decision {
  const { kind, channel, digest } = parcel;
  if (channel === 'inbox') return { when: 'now' };
  // Programs do not sleep, and they know themselves how much they can take.
  if (channel !== 'email') return wishes.rhythms[kind].webhook === 'never' ? { when: 'never' } : { when: 'now' };
  if (wishes.rhythms[kind].email === 'never') return { when: 'never' };
  const rhythm = parcel.rhythm ?? wishes.rhythms[kind].email;
  if (rhythm === 'never') return { when: 'never' };

  const pausedUntil = wishes.pausedUntil ? new Date(wishes.pausedUntil) : null;
  const paused = pausedUntil !== null && pausedUntil > now;
  if (!digest && (rhythm === 'daily' || rhythm === 'weekly')) {
    return { when: 'digest', at: digestAfter(paused ? pausedUntil : now, wishes, rhythm), why: 'rhythm' };
  }
  // What gathered while somebody was away comes as one mail, not as many at once.
  if (paused) return { when: 'digest', at: digestAfter(pausedUntil, wishes), why: 'paused' };
  if (today.sent >= wishes.mailsPerDay) {
    return { when: 'digest', at: digestAfter(dayOf(now, wishes.timeZone).end, wishes), why: 'cap' };
  }
  const quietUntil = endOfQuiet(now, wishes);
  if (digest) return quietUntil ? { when: 'digest', at: quietUntil, why: 'quiet' } : { when: 'now' };
  if (today.digestWaiting && today.sent + 1 >= wishes.mailsPerDay) {
    return { when: 'digest', at: digestAfter(now, wishes), why: 'cap' };
  }
  return quietUntil ? { when: 'at', at: quietUntil, why: 'quiet' } : { when: 'now' };
}

/** The day that a moment falls in, in a time zone: from its midnight up to the next one. */
export function dayOf(now: Date, timeZone: string): { start: Date; end: Date } {
  const start = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  return { start: start.toJSDate(), end: start.plus({ days: 1 }).toJSDate() };
}

/** The first digest after a moment, outside quiet hours. */
function digestAfter(after: Date, wishes: Wishes, rhythm: 'daily' | 'weekly' = 'daily'): Date {
  const local = DateTime.fromJSDate(after, { zone: wishes.timeZone });
  let at = local.startOf('day').set({ hour: DIGEST_HOUR });
  // Midnight itself is the beginning of the day after.
  while (at < local || (rhythm === 'weekly' && at.weekday !== MONDAY)) {
    at = at.plus({ days: 1 }).set({ hour: DIGEST_HOUR });
  }
  if (at.toMillis() === local.toMillis()) at = at.plus({ days: rhythm === 'weekly' ? 7 : 1 });
  return endOfQuiet(at.toJSDate(), wishes) ?? at.toJSDate();
}

/** The end of the quiet hours that a moment falls in; undefined outside them. They may span midnight. */
function endOfQuiet(moment: Date, { quietHours, timeZone }: Wishes): Date | undefined {
  if (!quietHours) return undefined;
  const local = DateTime.fromJSDate(moment, { zone: timeZone });
  const minute = local.hour * 60 + local.minute;
  const [from, to] = [minuteOf(quietHours.from), minuteOf(quietHours.to)];
  const quiet = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!quiet) return undefined;
  let end = local.startOf('day').set({ hour: Math.floor(to / 60), minute: to % 60 });
  if (minute >= to) end = end.plus({ days: 1 });
  // In autumn an hour comes twice: its end may lie behind, by the first one's clock.
  while (end <= local) end = end.plus({ hours: 1 });
  return end.toJSDate();
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
