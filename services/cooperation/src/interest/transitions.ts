import { type InterestState, Problem } from '#libs/contracts';

/** Nobody has answered yet. */
export const WAITING: readonly InterestState[] = ['submitted', 'under-assessment', 'pertinent'];
/** Accepted, and being worked on. */
const TALKS: readonly InterestState[] = [
  'taken-over',
  'first-contact',
  'awaiting-information',
  'forwarded',
  'negotiating',
];
/** What counts against an expert's capacity. */
export const OPEN: readonly InterestState[] = [...WAITING, ...TALKS];

const OUTCOMES: readonly InterestState[] = ['agreement-reached', 'no-agreement'];

/** The states that a coordinator may set, by the state that was before. Accepting, declining and withdrawing belong to the two sides, expiry to the calendar. */
const BY_COORDINATOR: Partial<Record<InterestState, readonly InterestState[]>> = {
  submitted: ['under-assessment', 'pertinent'],
  'under-assessment': ['pertinent'],
  pertinent: ['under-assessment'],
  'taken-over': ['first-contact', 'awaiting-information', 'forwarded', 'negotiating', ...OUTCOMES],
  'first-contact': ['awaiting-information', 'forwarded', 'negotiating', ...OUTCOMES],
  'awaiting-information': ['first-contact', 'forwarded', 'negotiating', ...OUTCOMES],
  forwarded: ['first-contact', 'awaiting-information', 'negotiating', ...OUTCOMES],
  negotiating: ['first-contact', 'awaiting-information', 'forwarded', ...OUTCOMES],
};

/** What a side does. */
export type SideAct = 'accept' | 'decline' | 'withdraw';
export type Side = 'asker' | 'asked';
type Now = { state: InterestState; acceptedAt: Date | null; closedAt: Date | null };

export const isWaiting = (state: InterestState): boolean => WAITING.includes(state);
export const isOpen = (state: InterestState): boolean => OPEN.includes(state);
export const isOutcome = (state: InterestState): state is 'agreement-reached' | 'no-agreement' =>
  OUTCOMES.includes(state);

/** Whether both sides see each other's contact. */
export const contactsOpen = ({ acceptedAt, closedAt }: Omit<Now, 'state'>): boolean =>
  acceptedAt !== null && closedAt === null;

/** The state after an act of one side. Throws a Problem when the act is not theirs, or not possible any more. */
export function stateAfter(act: SideAct, side: Side, now: Now): InterestState {
  if (act === 'withdraw') return stateAfterWithdrawal(side, now);
  if (side === 'asker') throw new Problem('forbidden', 'The answer is for the one who was asked.');
  if (!isWaiting(now.state)) throw new Problem('wrong-state', `It is ${now.state} already.`);
  return act === 'accept' ? 'taken-over' : 'not-pertinent';
}

function stateAfterWithdrawal(side: Side, now: Now): InterestState {
  if (isWaiting(now.state)) {
    if (side === 'asker') return 'withdrawn';
    throw new Problem('wrong-state', 'Nothing was accepted yet that could be withdrawn; decline it instead.');
  }
  if (!contactsOpen(now)) throw new Problem('wrong-state', `It is ${now.state} already.`);
  // How the talks ended stays true; only the contacts are closed.
  return isOutcome(now.state) ? now.state : 'withdrawn';
}

/** Throws a Problem unless a coordinator may lead an interest from one state to another. */
export function checkCoordinated(from: InterestState, to: InterestState): void {
  const allowed = BY_COORDINATOR[from] ?? [];
  if (allowed.includes(to)) return;
  const next = allowed.length > 0 ? `From there it goes to ${allowed.join(', ')}.` : 'Nothing follows.';
  throw new Problem('wrong-state', `It is ${from} now. ${next}`);
}
