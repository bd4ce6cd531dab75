import type { EntityManager } from 'typeorm';
import { erasureCompleted, expertErased } from '#libs/contracts';
import type { Outbox } from '#libs/messaging';
import { forgetAnswers, forgetParty, Tombstone } from '#libs/records';
import { Consent } from '../expert/consent.entity.js';
import { Expert } from '../expert/expert.entity.js';

/** Erases an expert whose row the caller has locked, and tells everybody. The one way, whoever asked for it and how. */
export async function eraseExpert(
  manager: EntityManager,
  outbox: Outbox,
  { id, revision: before }: Pick<Expert, 'id' | 'revision'>,
): Promise<void> {
  await manager.delete(Consent, { expertId: id });
  await manager.delete(Expert, { id });
  const revision = before + 1;
  await Tombstone.lay(manager, id, revision, new Date());
  await forgetAnswers(manager, [id]);
  await forgetParty(manager, { kind: 'expert', id });
  await tellErased(manager, outbox, id, revision);
}

/** Tells (once more) that an expert is erased, and that nothing of them is left here. */
export async function tellErased(
  manager: EntityManager,
  outbox: Outbox,
  expertId: string,
  revision: number,
): Promise<void> {
  await outbox.add(manager, erasureCompleted.experts, {
    aggregateId: expertId,
    data: { kind: 'expert', id: expertId },
  });
  await outbox.add(manager, expertErased, { aggregateId: expertId, data: { expertId, revision } });
}
