import type { EntityManager } from 'typeorm';
import {
  type Actor,
  type CallContext,
  companiesRpc,
  expertsRpc,
  mayDispose,
  type Party,
  type Place,
  Problem,
} from '#libs/contracts';
import { notFound } from '#libs/records';
import { type RpcClient, serviceContext } from '#libs/service';

/** Where a firm or an expert is, as its owner says now; undefined when it does not exist (any more). */
export async function placeOf(rpc: RpcClient, { kind, id }: Party, ctx: CallContext): Promise<Place | undefined> {
  const own = serviceContext('access', ctx.lang, ctx.requestId);
  // Facts rather than cards: who is not listed has rights as well.
  const contract = kind === 'firm' ? companiesRpc.cards : expertsRpc.facts;
  const { items } = await rpc.call(contract as typeof companiesRpc.cards, { ids: [id] }, own);
  return items[0];
}

/** Whether the actor decides over the firm or expert as a whole; who does not cannot tell it from one that does not exist. */
export async function disposable(rpc: RpcClient, party: Party, ctx: CallContext): Promise<void> {
  // Answered without a question to its owner where the place does not matter, and for strangers alike.
  const place = await placeOf(rpc, party, ctx);
  if (!place || !mayDispose(ctx.actor, party.kind, party.id, place)) throw notFound(nounOf(party));
}

export const nounOf = ({ kind }: Party): string => (kind === 'firm' ? 'company' : 'expert');

/** Whoever is written about here is held as they are until the transaction ends; the erased are refused. Erasure takes the lock alone. */
export async function holdParty(manager: EntityManager, party: Party): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [lockName(party)]);
  const erased = await manager.query<unknown[]>('SELECT 1 FROM erasure WHERE kind = $1 AND party_id = $2', [
    party.kind,
    party.id,
  ]);
  if (erased.length > 0) throw notFound(nounOf(party));
}

/** Waits for everybody who holds the party, and lets nobody else. */
export async function holdPartyAlone(manager: EntityManager, party: Party): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lockName(party)]);
}

const lockName = ({ kind, id }: Party): string => `party ${kind} ${id}`;

/** The firm or expert for whom the actor asks; a Problem for everybody else. */
export function speakerFor(actor: Actor): Party {
  if (actor.kind === 'firm' || actor.kind === 'expert') return { kind: actor.kind, id: actor.id };
  throw new Problem('forbidden', 'This is for firms and experts.');
}
