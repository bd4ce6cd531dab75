import type { DeclineReason } from '#libs/contracts';

export const VERDICTS = ['agreed', 'accepted', 'declined', 'dismissed'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a reason for a no says of the fit: 0 that there is none, null nothing. docs/learning.md gives the why of each. */
const REASONS: Record<DeclineReason, number | null> = {
  'not-my-field': 0,
  'wrong-territory-or-language': 0,
  'no-capacity': null,
  'conflict-of-interest': null,
  'too-early': null,
  'unclear-description': null,
  'commercial-terms': null,
  other: null,
};
/** Set aside without a word: mostly because it does not fit. */
const SILENT = 0.2;

/** How well the subject fits the need by what somebody answered, 0..1; null where the answer is not about fit and nothing is learned from it. */
export function labelOf(verdict: Verdict, reason: DeclineReason | null): number | null {
  if (verdict === 'agreed') return 1;
  if (verdict === 'accepted') return 0.8;
  if (reason) return REASONS[reason];
  return verdict === 'dismissed' ? SILENT : null;
}
