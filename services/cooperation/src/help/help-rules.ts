import {
  type Actor,
  type HelpRequest,
  isParty,
  mayActFor,
  type OpportunityFacts,
  type Party,
  Problem,
} from '#libs/contracts';
import { isSame } from '../interest/wish.js';
import type { HelpRequestEntity } from './help.entity.js';

type Side = 'asker' | 'staff';
type Act = 'answer' | 'withdraw';

/** What an actor is to a question: who asked, or who accompanies the asker. Undefined for everybody else, the other side included. */
export function helpSideOf(
  { askerKind, askerId, askerPlace }: Pick<HelpRequestEntity, 'askerKind' | 'askerId' | 'askerPlace'>,
  actor: Actor,
): Side | undefined {
  if (isParty(actor, askerKind, askerId)) return 'asker';
  return mayActFor(actor, askerKind, askerId, { territory: askerPlace }) ? 'staff' : undefined;
}

/** The state after an act. Throws a Problem when the act is not theirs, or not possible any more. */
export function helpStateAfter(act: Act, side: Side, state: HelpRequest['state']): HelpRequest['state'] {
  if (act === 'answer' && side === 'asker') throw new Problem('forbidden', 'The answer is for coordinators.');
  if (act === 'withdraw' && side === 'staff') throw new Problem('forbidden', 'To take it back is for who asked.');
  if (state !== 'open') throw new Problem('wrong-state', `The question is ${state} already.`);
  return act === 'answer' ? 'answered' : 'withdrawn';
}

/**
 * Of whom a question speaks: the other side of a suggestion, or the owner of an opportunity; null where a firm asks about its own need alone. Undefined
 * where the matter is none of the asker's business: a suggestion between others, or what is not public.
 */
export function spokenOf(
  asker: Party,
  { companyId, state }: Pick<OpportunityFacts, 'companyId' | 'state'>,
  subject: Party | undefined,
): Party | null | undefined {
  const owner: Party = { kind: 'firm', id: companyId };
  if (isSame(asker, owner)) return subject ?? null;
  if (subject && !isSame(asker, subject)) return undefined;
  return state === 'published' ? owner : undefined;
}
