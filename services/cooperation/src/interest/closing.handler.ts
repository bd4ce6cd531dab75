import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { companyErased, expertErased, opportunitiesRpc, opportunityClosed, type Party } from '#libs/contracts';
import { type EventContext, OnEvent, Outbox } from '#libs/messaging';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { enter, mutually } from '../disclosure/ledger.js';
import { forgetHelp } from '../help/forget-help.js';
import { keepLoads } from '../load/load.js';
import { askedOf, askerOf, InterestEntity } from './interest.entity.js';
import { withdraw } from './interest.store.js';
import { lockOpportunity, lockParties } from './locks.js';
import { contactsOpen, isOpen, WAITING } from './transitions.js';

/** What others end ends here: the questions about a closed opportunity, and everything of those who are erased. */
@Controller()
export class ClosingHandler {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly rpc: RpcClient,
  ) {}

  /** Talks that are under way go on; a question that nobody answered yet has lost its subject. */
  @OnEvent(opportunityClosed)
  async opportunityClosed({ opportunityId }: { opportunityId: string }, { manager }: EventContext): Promise<void> {
    await lockOpportunity(manager, opportunityId, 'alone');
    const own = serviceContext('cooperation');
    const { items } = await this.rpc.call(opportunitiesRpc.facts, { ids: [opportunityId] }, own);
    // An old message: it is public again.
    if (items[0]?.state === 'published') return;
    const waiting = await this.locked(manager, 'opportunity_id = $1 AND state = ANY($2)', [opportunityId, WAITING]);
    await this.withdraw(
      manager,
      waiting.filter(({ state }) => WAITING.includes(state)),
    );
  }

  @OnEvent(companyErased)
  async companyErased({ companyId }: { companyId: string }, { manager }: EventContext): Promise<void> {
    await this.forget(manager, { kind: 'firm', id: companyId });
  }

  @OnEvent(expertErased)
  async expertErased({ expertId }: { expertId: string }, { manager }: EventContext): Promise<void> {
    await this.forget(manager, { kind: 'expert', id: expertId });
  }

  private async forget(manager: EntityManager, party: Party): Promise<void> {
    const now = this.clock.now();
    // Before the rows are read: who is expressing interest at this moment is waited for, or finds the tombstone.
    await lockParties(manager, [party]);
    await manager.query(`INSERT INTO erased_party (kind, id, erased_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, [
      party.kind,
      party.id,
      now,
    ]);
    const theirs = '(asker_kind = $1 AND asker_id = $2) OR (asked_kind = $1 AND asked_id = $2)';
    const interests = await this.locked(manager, theirs, [party.kind, party.id]);
    for (const interest of interests) {
      interest.note = null;
      interest.answerNote = null;
      if (!contactsOpen(interest) || isOpen(interest.state)) continue;
      // How it ended stays for the figures; the contacts do not stay open.
      await enter(manager, mutually('closed', interest.id, askerOf(interest), askedOf(interest)), now);
      interest.closedAt = now;
    }
    await manager.save(interests);
    await this.withdraw(
      manager,
      interests.filter(({ state }) => isOpen(state)),
    );
    await forgetHelp(manager, party);
    if (party.kind === 'expert') await manager.query('DELETE FROM load WHERE expert_id = $1', [party.id]);
  }

  /** The interests that a condition finds, with their parties and their rows locked. */
  private async locked(manager: EntityManager, condition: string, parameters: unknown[]): Promise<InterestEntity[]> {
    const found = await manager.query<{ id: string }[]>(`SELECT id FROM interest WHERE ${condition}`, parameters);
    const ids = found.map(({ id }) => id);
    if (ids.length === 0) return [];
    const query = manager.createQueryBuilder(InterestEntity, 'i').where('i.id = ANY(:ids)', { ids }).orderBy('i.id');
    await lockParties(
      manager,
      (await query.getMany()).flatMap((one) => [askerOf(one), askedOf(one)]),
    );
    return query.setLock('pessimistic_write').getMany();
  }

  private async withdraw(manager: EntityManager, interests: InterestEntity[]): Promise<void> {
    const now = this.clock.now();
    for (const interest of interests) await withdraw(manager, this.outbox, interest, 'platform', now);
    await keepLoads(manager, this.outbox, interests.map(askedOf), now);
  }
}
