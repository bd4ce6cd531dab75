import type { Schemas } from '../api/client.js';

type Refs = Schemas['Notice']['refs'];

/** Something that a notice leads to. */
export interface Step {
  /** Its word, in `do.*`. */
  word:
    | 'address'
    | 'answer'
    | 'contact'
    | 'lookAnswer'
    | 'lookInterest'
    | 'lookSuggestion'
    | 'lookSuggestions'
    | 'nextBest'
    | 'renew'
    | 'results'
    | 'webhook';
  to: 'interest' | 'suggestion' | 'opportunity' | 'alert' | 'profile' | 'webhooks';
  id?: string;
}

const REF_OF = {
  interest: 'interestId',
  suggestion: 'suggestionId',
  opportunity: 'opportunityId',
  alert: 'alertId',
} as const satisfies Partial<Record<Step['to'], keyof Refs>>;

const STEPS: Record<Schemas['Notice']['kind'], readonly [Step['word'], Step['to']][]> = {
  suggested: [['lookSuggestion', 'suggestion']],
  'suggestions-ready': [['lookSuggestions', 'opportunity']],
  'interest-received': [['answer', 'interest']],
  'interest-reminder': [['answer', 'interest']],
  // After a no, and after silence, the next best is offered with it.
  'interest-answered': [
    ['lookAnswer', 'interest'],
    ['nextBest', 'suggestion'],
  ],
  'interest-expired': [
    ['nextBest', 'suggestion'],
    ['lookInterest', 'interest'],
  ],
  'contact-open': [['contact', 'interest']],
  'interest-withdrawn': [['lookInterest', 'interest']],
  // Where it was asked.
  'help-answered': [
    ['lookAnswer', 'suggestion'],
    ['lookAnswer', 'opportunity'],
  ],
  'alert-hit': [['results', 'alert']],
  'opportunity-expiring': [['renew', 'opportunity']],
  'address-refused': [['address', 'profile']],
  'webhook-disabled': [['webhook', 'webhooks']],
};

/** The one thing that a notice asks for, and then what else it leads to. None where there is nothing to see any more. */
export function stepsOf({ kind, refs }: Pick<Schemas['Notice'], 'kind' | 'refs'>): Step[] {
  const steps = STEPS[kind].flatMap(([word, to]): Step[] => {
    if (to === 'profile' || to === 'webhooks') return [{ word, to }];
    const id = refs[REF_OF[to]];
    return id ? [{ word, to, id }] : [];
  });
  return steps.filter(({ word }, at) => steps.findIndex((one) => one.word === word) === at);
}
