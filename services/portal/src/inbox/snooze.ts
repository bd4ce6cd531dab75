import { dayAhead, inDays } from '../i18n/day.js';

/** When a day begins for who has put something off. */
const MORNING = 8;

/** The morning after. */
export const tomorrow = (now: Date): Date => inDays(now, 1, MORNING);

/** The morning of the Monday to come; on a Monday it is that of the week after. */
export const nextWeek = (now: Date): Date => inDays(now, (8 - now.getDay()) % 7 || 7, MORNING);

/** The morning of the day in a date input. */
export const onDate = (value: string, now: Date): Date | undefined => dayAhead(value, now, MORNING);
