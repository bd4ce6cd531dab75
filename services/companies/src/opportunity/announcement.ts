import type { EntityManager } from 'typeorm';
import { opportunityClosed, opportunityPublished } from '#libs/contracts';
import type { Outbox } from '#libs/messaging';
import type { Opportunity } from './opportunity.entity.js';

type Announced = Pick<Opportunity, 'id' | 'companyId' | 'revision' | 'type'>;
type Closed = Omit<Announced, 'type'>;
export type CloseReason = 'on-hold' | 'expired' | 'archived' | 'erased';

export async function announce(manager: EntityManager, outbox: Outbox, opportunities: Announced[]): Promise<void> {
  const events = opportunities.map(({ id, companyId, revision, type }) => ({
    aggregateId: id,
    data: { opportunityId: id, companyId, revision, type },
  }));
  if (events.length > 0) await outbox.addMany(manager, opportunityPublished, events);
}

export async function announceClosed(
  manager: EntityManager,
  outbox: Outbox,
  opportunities: Closed[],
  reason: CloseReason,
): Promise<void> {
  const events = opportunities.map(({ id, companyId, revision }) => ({
    aggregateId: id,
    data: { opportunityId: id, companyId, revision, reason },
  }));
  if (events.length > 0) await outbox.addMany(manager, opportunityClosed, events);
}

/** The public opportunities of these companies show another place, sector or name now: they count as changed. */
export async function announceAgain(
  manager: EntityManager,
  outbox: Outbox,
  companyIds: string[],
  now: Date,
): Promise<void> {
  if (companyIds.length === 0) return;
  const [changed] = await manager.query<[Announced[], number]>(
    `UPDATE opportunity SET revision = revision + 1, updated_at = $2
     WHERE company_id = ANY($1) AND state = 'published'
     RETURNING id, company_id AS "companyId", revision, type`,
    [companyIds, now],
  );
  await announce(manager, outbox, changed);
}
