import type { EntityManager } from 'typeorm';
import { type Actor, type Interest, interestAnswered, isParty, mayActFor } from '#libs/contracts';
import type { Outbox } from '#libs/messaging';
import { notFound, overseen, overseenBy } from '#libs/records';
import { enter, mutually } from '../disclosure/ledger.js';
import { askedOf, askerOf, InterestEntity } from './interest.entity.js';
import { contactsOpen, isOutcome } from './transitions.js';

/** On which side of an interest an actor is; undefined for strangers. */
export function sideOf(interest: InterestEntity, actor: Actor): Interest['side'] | undefined {
  const { askerKind, askerId, askedKind, askedId } = interest;
  if (isParty(actor, askerKind, askerId)) return 'asker';
  if (isParty(actor, askedKind, askedId)) return 'asked';
  return accompanies(interest, actor, 'asker') || accompanies(interest, actor, 'asked') ? 'coordinator' : undefined;
}

/** Whether one of the two sides is the actor's own concern. */
export function accompanies(interest: InterestEntity, actor: Actor, side: 'asker' | 'asked'): boolean {
  const [kind, id, territory] =
    side === 'asker'
      ? ([interest.askerKind, interest.askerId, interest.askerPlace] as const)
      : ([interest.askedKind, interest.askedId, interest.askedPlace] as const);
  return mayActFor(actor, kind, id, { territory });
}

/** SQL: whether the firm or expert whose kind and place stand in the columns of this prefix is one's own concern, as `accompanies` has it; with `accompaniedBy`. */
export const accompanied = (who: 'i.asker' | 'i.asked' | 'h.asker'): string =>
  `((${who}_kind = 'firm' AND ${overseen(`${who}_place`, ':firms')}) OR (${who}_kind = 'expert' AND ${overseen(`${who}_place`, ':experts')}))`;

export const accompaniedBy = (actor: Actor) => ({
  firms: overseenBy(actor, 'firm'),
  experts: overseenBy(actor, 'expert'),
});

/** The interest and the caller's side of it. To strangers it is as if there were none. */
export async function ownInterest(
  manager: EntityManager,
  id: string,
  actor: Actor,
): Promise<{ interest: InterestEntity; side: Interest['side'] }> {
  const interest = await manager.findOne(InterestEntity, { where: { id } });
  const side = interest && sideOf(interest, actor);
  if (!interest || !side) throw notFound('expression of interest');
  return { interest, side };
}

/** What every event of an interest says. */
export function about({ id, opportunityId, suggestionId, revision }: InterestEntity) {
  return { interestId: id, opportunityId, ...(suggestionId ? { suggestionId } : {}), revision };
}

/** Ends an interest by withdrawal and closes its contacts, in the caller's transaction, under the locks of both sides. */
export async function withdraw(
  manager: EntityManager,
  outbox: Outbox,
  interest: InterestEntity,
  by: NonNullable<InterestEntity['withdrawnBy']>,
  now: Date,
): Promise<void> {
  if (contactsOpen(interest)) {
    await enter(manager, mutually('closed', interest.id, askerOf(interest), askedOf(interest)), now);
    interest.closedAt = now;
  }
  if (!isOutcome(interest.state)) interest.state = 'withdrawn';
  interest.withdrawnBy = by;
  interest.nextAt = null;
  interest.revision++;
  await manager.save(interest);
  const data = { ...about(interest), answer: 'withdrawn' as const };
  await outbox.add(manager, interestAnswered, { aggregateId: interest.id, data });
}
