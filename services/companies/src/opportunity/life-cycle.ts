import { type OPPORTUNITY_ACTIONS, type OpportunityState, VALID_DAYS } from '#libs/contracts';
import type { Opportunity } from './opportunity.entity.js';

export type Action = (typeof OPPORTUNITY_ACTIONS)[number];

/** Where each act leads from where; what is not here is not possible. */
const TRANSITIONS: Record<Action, Partial<Record<OpportunityState, OpportunityState>>> = {
  publish: { draft: 'published', 'on-hold': 'published' },
  hold: { published: 'on-hold' },
  renew: { published: 'published', expired: 'published' },
  archive: {
    draft: 'archived',
    'under-review': 'archived',
    published: 'archived',
    'on-hold': 'archived',
    expired: 'archived',
  },
};

const DAY = 24 * 60 * 60 * 1000;
/** So many days before the end its owner is told, first and last. */
export const LONG_WARNING = 30;
export const LAST_WARNING = 7;
/** States that nobody sees but the firm itself and those who keep the platform's contents. */
export const PRIVATE_STATES: readonly OpportunityState[] = ['draft', 'under-review', 'on-hold'];

type Lived = Pick<Opportunity, 'state' | 'stateSince' | 'publishedAt' | 'expiresAt' | 'renewed'>;
type Outcome = { refusal: string } | { changes: Partial<Lived & Pick<Opportunity, 'endTold'>> };

/** What an act changes of an opportunity at this moment, or why it is refused. A first publication is valid for `validDays`, a renewal as long as can be. */
export function act(opportunity: Lived, action: Action, now: Date, validDays?: number): Outcome {
  const from = stateAt(opportunity, now);
  const to = TRANSITIONS[action][from];
  if (!to) return { refusal: refusalOf(action, from, opportunity.renewed) };
  if (action === 'renew' && opportunity.renewed)
    return { refusal: 'It was renewed once, and can be renewed only once.' };
  if (validDays !== undefined && !(action === 'publish' && from === 'draft'))
    return { refusal: 'How long it is valid is chosen when it is first published, and not changed afterwards.' };
  const changes: Partial<Lived & Pick<Opportunity, 'endTold'>> =
    to === opportunity.state ? {} : { state: to, stateSince: now };
  if (action === 'renew') {
    // What is still valid keeps the days that are left.
    const begin = Math.max(now.getTime(), opportunity.expiresAt?.getTime() ?? 0);
    return { changes: { ...changes, renewed: true, expiresAt: new Date(begin + VALID_DAYS.max * DAY), endTold: null } };
  }
  // A pause does not lengthen the validity, else nobody would ever need a renewal.
  if (action === 'publish' && from === 'draft') {
    const days = validDays ?? VALID_DAYS.max;
    Object.assign(changes, { publishedAt: now, expiresAt: new Date(now.getTime() + days * DAY) });
    // Whoever chose a short time need not be told the next hour that it is short.
    if (days <= LONG_WARNING) changes.endTold = LONG_WARNING;
  }
  return { changes };
}

/** The state by the clock: validity ends on time, also before the hourly job has seen it. */
export function stateAt({ state, expiresAt }: Pick<Lived, 'state' | 'expiresAt'>, now: Date): OpportunityState {
  const ends = state === 'published' || state === 'on-hold';
  return ends && expiresAt && expiresAt <= now ? 'expired' : state;
}

/** Acts that are possible in a state. */
export function possibleActs(state: OpportunityState, renewed: boolean): Action[] {
  return (Object.keys(TRANSITIONS) as Action[]).filter(
    (action) => TRANSITIONS[action][state] && !(action === 'renew' && renewed),
  );
}

function refusalOf(action: Action, state: OpportunityState, renewed: boolean): string {
  const possible = possibleActs(state, renewed);
  const rest = possible.length > 0 ? `Possible now: ${possible.join(', ')}.` : 'Nothing is possible any more.';
  return `${action} is not possible in the state ${state}. ${rest}`;
}
