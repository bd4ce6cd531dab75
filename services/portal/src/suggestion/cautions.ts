import type { Suggestion } from './suggestion.queries.js';

/** What the platform says of somebody's availability that speaks against asking now. */
const HINDRANCES: ReadonlySet<string> = new Set(['away', 'takes-no-requests', 'many-open-requests']);
const DAY_MS = 86_400_000;
/** A profile that nobody has touched for longer may no longer be true. */
const OLD_DAYS = 365;
/** What ends within so many days is told. */
const SOON_DAYS = 30;
/** So long ahead an absence is worth a word. */
const AHEAD_DAYS = 21;

export type Caution =
  | { code: 'platform'; text: string }
  | { code: 'language' }
  | { code: 'missing'; list: string[] }
  | { code: 'old'; date: string }
  | { code: 'expiring'; date: string }
  | { code: 'awaySoon'; from: string; to: string };

/** What is known of the two sides besides the suggestion. */
export interface Known {
  profileUpdatedAt?: string | undefined;
  away?: readonly { from: string; to: string }[] | undefined;
  expiresAt?: string | null | undefined;
}

/** What to bear in mind before asking; the most serious first. */
export function cautionsOf(
  { reasons, parts, missing }: Pick<Suggestion, 'reasons' | 'parts' | 'missing'>,
  { profileUpdatedAt, away = [], expiresAt }: Known,
  now: Date,
): Caution[] {
  const found: Caution[] = reasons
    .filter(({ code }) => HINDRANCES.has(code))
    .map(({ text }) => ({ code: 'platform', text }));
  const today = now.toISOString().slice(0, 10);
  const horizon = new Date(now.getTime() + AHEAD_DAYS * DAY_MS).toISOString().slice(0, 10);
  const absence = away.find(({ from }) => from > today && from <= horizon);
  if (absence) found.push({ code: 'awaySoon', ...absence });
  if (parts.language === 0) found.push({ code: 'language' });
  if (missing.length > 0) found.push({ code: 'missing', list: missing.map(({ label }) => label) });
  if (profileUpdatedAt && daysBetween(profileUpdatedAt, now) > OLD_DAYS)
    found.push({ code: 'old', date: profileUpdatedAt });
  if (expiresAt && -daysBetween(expiresAt, now) < SOON_DAYS) found.push({ code: 'expiring', date: expiresAt });
  return found;
}

const daysBetween = (then: string, now: Date): number => (now.getTime() - new Date(then).getTime()) / DAY_MS;
