import type { EntityManager } from 'typeorm';
import { opportunityClosed, opportunityExpiring, opportunityPublished } from '#libs/contracts';
import type { Outbox } from '#libs/messaging';
import type { Opportunity } from './opportunity.entity.js';

type Announced = Pick<Opportunity, 'id' | 'companyId' | 'anonymous' | 'revision' | 'type'>;
type Closed = Omit<Announced, 'type'>;
export type CloseReason = 'on-hold' | 'expired' | 'archived' | 'erased';

export async function announce(manager: EntityManager, outbox: Outbox, opportunities: Announced[]): Promise<void> {
  const events = opportunities.map(({ type, ...one }) => ({ aggregateId: one.id, data: { ...about(one), type } }));
  if (events.length > 0) await outbox.addMany(manager, opportunityPublished, events);
}

export async function announceClosed(
  manager: EntityManager,
  outbox: Outbox,
  opportunities: Closed[],
  reason: CloseReason,
): Promise<void> {
  const events = opportunities.map((one) => ({ aggregateId: one.id, data: { ...about(one), reason } }));
  if (events.length > 0) await outbox.addMany(manager, opportunityClosed, events);
}

/** Tells that these end within so many days. */
export async function announceEnding(
  manager: EntityManager,
  outbox: Outbox,
  opportunities: (Closed & { expiresAt: Date })[],
  days: number,
): Promise<void> {
  const events = opportunities.map(({ expiresAt, ...one }) => ({
    aggregateId: one.id,
    data: { ...about(one), expiresAt: expiresAt.toISOString(), days },
  }));
  if (events.length > 0) await outbox.addMany(manager, opportunityExpiring, events);
}

// What would name the owner of an anonymous one stays out of the streams.
function about({ id, companyId, anonymous, revision }: Closed) {
  return { opportunityId: id, ...(anonymous ? {} : { companyId }), revision };
}

/**
 * The public opportunities of these companies show another place, sector or name now: they count as changed. Anonymous ones do not: one that changed whenever
 * a certain firm does would name it.
 */
export async function announceAgain(
  manager: EntityManager,
  outbox: Outbox,
  companyIds: string[],
  now: Date,
): Promise<void> {
  if (companyIds.length === 0) return;
  const [changed] = await manager.query<[Announced[], number]>(
    `UPDATE opportunity SET revision = revision + 1, updated_at = $2
     WHERE company_id = ANY($1) AND state = 'published' AND NOT anonymous
     RETURNING id, company_id AS "companyId", anonymous, revision, type`,
    [companyIds, now],
  );
  await announce(manager, outbox, changed);
}
