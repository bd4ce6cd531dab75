import type { EntityManager } from 'typeorm';
import {
  type CallContext,
  matchingRpc,
  type OpportunityFacts,
  opportunitiesRpc,
  type Party,
  Problem,
  type Suggestion,
} from '#libs/contracts';
import { notFound } from '#libs/records';
import type { RpcClient } from '#libs/service';
import { lockOpportunity } from './locks.js';

/** Who is asked about what. */
export interface Wish {
  asked: Party;
  opportunityId: string;
  suggestionId: string | null;
  ownerId: string;
  anonymous: boolean;
}

/**
 * What a request means, by what the owners of suggestions and opportunities say at this moment; the opportunity stays so until the transaction ends.
 * Throws a Problem where it is none of the asker's business or not possible. `own` is the service's context.
 */
export function wishOf(
  manager: EntityManager,
  rpc: RpcClient,
  request: { suggestionId?: string | undefined; opportunityId?: string | undefined },
  asker: Party,
  own: CallContext,
): Promise<Wish> {
  return request.suggestionId
    ? wishOfSuggestion(manager, rpc, request.suggestionId, asker, own)
    : wishOfOpportunity(manager, rpc, request.opportunityId!, asker, own);
}

async function wishOfSuggestion(
  manager: EntityManager,
  rpc: RpcClient,
  suggestionId: string,
  asker: Party,
  own: CallContext,
): Promise<Wish> {
  const { items } = await rpc.call(matchingRpc.suggestionsById, { ids: [suggestionId] }, own);
  const suggestion = items[0];
  if (!suggestion) throw notFound('suggestion');
  const { opportunityId } = suggestion;
  const opportunity = await currentOpportunity(manager, rpc, opportunityId, own);
  const owner: Party = { kind: 'firm', id: opportunity?.companyId ?? '' };
  const subject = subjectOf(suggestion);
  const asked = isSame(asker, owner) ? subject : isSame(asker, subject) ? owner : undefined;
  if (!opportunity || !asked) throw notFound('suggestion');
  if (suggestion.state !== 'open') throw new Problem('wrong-state', `The suggestion was ${suggestion.state}.`);
  if (opportunity.state !== 'published') throw new Problem('wrong-state', 'The opportunity is not public any more.');
  if (asked === owner) refuseUnlessOpen(opportunity);
  return { asked, opportunityId, suggestionId, ownerId: owner.id, anonymous: opportunity.anonymous === true };
}

async function wishOfOpportunity(
  manager: EntityManager,
  rpc: RpcClient,
  opportunityId: string,
  asker: Party,
  own: CallContext,
): Promise<Wish> {
  const opportunity = await currentOpportunity(manager, rpc, opportunityId, own);
  const owner: Party | undefined = opportunity && { kind: 'firm', id: opportunity.companyId };
  if (!opportunity || !owner || (opportunity.state !== 'published' && !isSame(asker, owner)))
    throw notFound('opportunity');
  if (isSame(asker, owner))
    throw new Problem('conflict', 'It is your own; ask one of those who were suggested for it.');
  refuseUnlessOpen(opportunity);
  return {
    asked: owner,
    opportunityId,
    suggestionId: await suggestionBetween(rpc, opportunityId, asker, own),
    ownerId: owner.id,
    anonymous: opportunity.anonymous === true,
  };
}

/** Who asks about an opportunity they were suggested for answers the suggestion: what comes of it is a judgement on the ranking. */
async function suggestionBetween(
  rpc: RpcClient,
  opportunityId: string,
  asker: Party,
  own: CallContext,
): Promise<string | null> {
  const whose = asker.kind === 'expert' ? { expertId: asker.id } : { companyId: asker.id };
  try {
    const { items } = await rpc.call(matchingRpc.suggestions, { ...whose, limit: 100 }, own);
    return items.find((one) => one.opportunityId === opportunityId && one.state === 'open')?.id ?? null;
  } catch (error) {
    // Nobody is kept from asking because the ranking cannot learn from it.
    if (error instanceof Problem && ['unavailable', 'timeout'].includes(error.code)) return null;
    throw error;
  }
}

async function currentOpportunity(
  manager: EntityManager,
  rpc: RpcClient,
  id: string,
  own: CallContext,
): Promise<OpportunityFacts | undefined> {
  await lockOpportunity(manager, id, 'shared');
  const { items } = await rpc.call(opportunitiesRpc.facts, { ids: [id] }, own);
  return items[0];
}

function refuseUnlessOpen({ openForInterest }: OpportunityFacts): void {
  if (!openForInterest) throw new Problem('wrong-state', 'The opportunity is public, but not open for interest.');
}

/** Whether two are the same firm or expert. */
export const isSame = (one: Party, other: Party): boolean => one.kind === other.kind && one.id === other.id;

/** Who was suggested. */
export const subjectOf = ({ subject }: Pick<Suggestion, 'subject'>): Party => ({
  kind: subject.type === 'expert' ? 'expert' : 'firm',
  id: subject.id,
});
