import type { EntityManager } from 'typeorm';
import { companyErased, erasureCompleted } from '#libs/contracts';
import type { Outbox } from '#libs/messaging';
import { forgetAnswers, forgetParty, Tombstone } from '#libs/records';
import { Company } from '../company/company.entity.js';
import { CompanyIdentifier } from '../company/company-identifier.entity.js';
import { announceClosed } from '../opportunity/announcement.js';
import { Opportunity } from '../opportunity/opportunity.entity.js';

/** Erases a company whose row the caller has locked, with all that belongs to it, and tells everybody. The one way, whoever asked for it and how. */
export async function eraseCompany(
  manager: EntityManager,
  outbox: Outbox,
  { id, revision: before }: Pick<Company, 'id' | 'revision'>,
): Promise<void> {
  const opportunities = await manager.find(Opportunity, { where: { companyId: id } });
  await manager.delete(Opportunity, { companyId: id });
  await manager.delete(CompanyIdentifier, { companyId: id });
  await manager.delete(Company, { id });
  const revision = before + 1;
  await Tombstone.lay(manager, id, revision, new Date());
  await forgetAnswers(manager, [id, ...opportunities.map((opportunity) => opportunity.id)]);
  await forgetParty(manager, { kind: 'firm', id });
  const closed = opportunities
    .filter(({ state }) => state === 'published')
    .map((opportunity) => ({ ...opportunity, revision: opportunity.revision + 1 }));
  await announceClosed(manager, outbox, closed, 'erased');
  await tellErased(manager, outbox, id, revision);
}

/** Tells (once more) that a company is erased, and that nothing of it is left here. */
export async function tellErased(
  manager: EntityManager,
  outbox: Outbox,
  companyId: string,
  revision: number,
): Promise<void> {
  await outbox.add(manager, erasureCompleted.companies, {
    aggregateId: companyId,
    data: { kind: 'firm', id: companyId },
  });
  await outbox.add(manager, companyErased, { aggregateId: companyId, data: { companyId, revision } });
}
