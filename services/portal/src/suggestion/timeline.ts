import type { Interest } from './suggestion.queries.js';

export type Step =
  | 'suggested'
  | 'asked'
  | 'due'
  | 'accepted'
  | 'declined'
  | 'expired'
  | 'withdrawn'
  | 'agreement'
  | 'noAgreement';
export interface Moment {
  step: Step;
  at: string | null;
  /** Has been; otherwise it is still to come. */
  past: boolean;
}

type Lived = Pick<Interest, 'state' | 'createdAt' | 'dueAt' | 'answeredAt'>;

const WAITING: readonly Interest['state'][] = ['submitted', 'under-assessment', 'pertinent'];

/** Nobody has answered yet. */
export const isWaiting = ({ state }: Pick<Interest, 'state'>): boolean => WAITING.includes(state);

/** What has been and what is next, in the order of time. */
export function timelineOf(suggestedAt: string | undefined, interest: Lived | undefined): Moment[] {
  const moments: Moment[] = [];
  const been = (step: Step, at: string | null) => moments.push({ step, at, past: true });
  if (suggestedAt) been('suggested', suggestedAt);
  if (!interest) return moments;
  const { state, createdAt, dueAt, answeredAt } = interest;
  been('asked', createdAt);
  if (isWaiting(interest)) return [...moments, { step: 'due', at: dueAt, past: false }];
  if (state === 'expired') been('expired', dueAt);
  else if (state === 'not-pertinent') been('declined', answeredAt);
  else {
    // Without an answer it was taken back by who asked.
    if (answeredAt) been('accepted', answeredAt);
    if (state === 'withdrawn') been('withdrawn', null);
    if (state === 'agreement-reached') been('agreement', null);
    if (state === 'no-agreement') been('noAgreement', null);
  }
  return moments;
}
