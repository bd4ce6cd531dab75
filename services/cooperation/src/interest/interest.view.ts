import type { Counterpart, Interest, InterestFacts } from '#libs/contracts';
import { askedOf, askerOf, type InterestEntity } from './interest.entity.js';
import { ownerHidden } from './teaser.js';
import { isWaiting } from './transitions.js';

/** Whether nobody answered in time. */
export function isOverdue({ state, dueAt }: InterestEntity, now: Date): boolean {
  return state === 'expired' || (isWaiting(state) && dueAt < now);
}

export function interestView(
  interest: InterestEntity,
  side: Interest['side'],
  counterpart: Counterpart,
  overdue: boolean,
): Interest {
  return {
    ...common(interest),
    side,
    achievement: interest.achievement,
    createdAt: interest.createdAt.toISOString(),
    overdue,
    counterpart,
    next: null,
  };
}

/** For services alone: it names both sides. */
export function interestFacts(interest: InterestEntity, nextSuggestionId: string | null): InterestFacts {
  return {
    ...common(interest),
    asker: askerOf(interest),
    asked: askedOf(interest),
    ownerHidden: ownerHidden(interest),
    nextSuggestionId,
    withdrawnBy: interest.withdrawnBy,
  };
}

function common(interest: InterestEntity) {
  const { id, revision, state, opportunityId, suggestionId, note, answerNote, reasonCode } = interest;
  const dueAt = interest.dueAt.toISOString();
  const answeredAt = interest.answeredAt?.toISOString() ?? null;
  return { id, revision, state, opportunityId, suggestionId, note, answerNote, reasonCode, dueAt, answeredAt };
}
