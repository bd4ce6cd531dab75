import type { Candidate } from './candidate.js';
import type { Contribution, Scale } from './score.js';

/** An expert's requests: in hand, and how those of the last year were answered. */
export interface LoadFigures {
  open: number;
  asked: number;
  /** Share answered in time, 0..1; null while there are none. */
  responseRate: number | null;
}

/** What is known of an expert's requests; undefined where nobody was ever asked. */
export type LoadOf = (expertId: string) => LoadFigures | undefined;

/** What keeps somebody from being asked, or lowers the odds: told even where it takes nothing from the score. */
export const DRAWBACKS: ReadonlySet<string> = new Set(['away', 'takes-no-requests', 'many-open-requests']);

/** Whether the expert has room for another request and is not away on the day. Firms and opportunities are always there. */
export function isAvailable(candidate: Candidate, today: string, load: LoadFigures | undefined): boolean {
  return hindrance(candidate, today, load) === undefined;
}

/**
 * Availability in 0..1, as reasons that add up to it: being there, answering reliably, and (taken away again) having many requests in hand. Nobody is held
 * to answers that were never asked for.
 */
export function availability(candidate: Candidate, { weights, today, load }: Scale): Contribution[] {
  if (candidate.type !== 'expert') return [];
  const figures = load(candidate.id);
  const hindered = hindrance(candidate, today, figures);
  if (hindered) return [hindered];
  const { reliable, leastAsked, leastRate, busy, busyFrom } = weights.availability;
  const found = [told('available', 1 - reliable)];
  if (!figures) return found;
  const { open, asked, responseRate } = figures;
  if (asked >= leastAsked && responseRate !== null && responseRate >= leastRate)
    found.push(told('answers-reliably', reliable * responseRate));
  const share = candidate.capacity ? open / candidate.capacity : 0;
  if (share >= busyFrom) found.push(told('many-open-requests', -busy * share));
  return found;
}

function hindrance({ capacity, away }: Candidate, today: string, load: LoadFigures | undefined) {
  if (capacity === 0) return told('takes-no-requests', 0);
  const absence = away.find(({ from, to }) => from <= today && today <= to);
  if (absence) return told('away', 0, { until: absence.to });
  if (capacity !== undefined && load && load.open >= capacity) return told('many-open-requests', 0);
  return undefined;
}

function told(code: string, weight: number, params: Contribution['params'] = {}): Contribution {
  return { part: 'availability', code, params, weight };
}
