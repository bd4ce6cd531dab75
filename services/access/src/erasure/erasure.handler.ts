import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { companyErased, erasureCompleted, expertErased, type Party } from '#libs/contracts';
import { type EventContext, OnEvent } from '#libs/messaging';
import { forgetParty } from '#libs/records';
import { Clock } from '#libs/service';
import { holdPartyAlone } from '../membership/party.js';
import { completeStep, openRecord } from './steps.js';

/** Erases what is kept here, and keeps the book of who is done. A profile that its owner deleted goes the same way as one that was asked for. */
@Controller()
export class ErasureHandler {
  constructor(private readonly clock: Clock) {}

  @OnEvent(companyErased)
  companyErased({ companyId: id }: { companyId: string }, { manager }: EventContext): Promise<void> {
    return this.forget(manager, { kind: 'firm', id });
  }

  @OnEvent(expertErased)
  expertErased({ expertId: id }: { expertId: string }, { manager }: EventContext): Promise<void> {
    return this.forget(manager, { kind: 'expert', id });
  }

  @OnEvent(erasureCompleted.companies)
  companiesDone(party: Party, { manager }: EventContext): Promise<void> {
    return this.done(manager, party, 'companies');
  }

  @OnEvent(erasureCompleted.experts)
  expertsDone(party: Party, { manager }: EventContext): Promise<void> {
    return this.done(manager, party, 'experts');
  }

  @OnEvent(erasureCompleted.matching)
  matchingDone(party: Party, { manager }: EventContext): Promise<void> {
    return this.done(manager, party, 'matching');
  }

  @OnEvent(erasureCompleted.cooperation)
  cooperationDone(party: Party, { manager }: EventContext): Promise<void> {
    return this.done(manager, party, 'cooperation');
  }

  @OnEvent(erasureCompleted.notifications)
  notificationsDone(party: Party, { manager }: EventContext): Promise<void> {
    return this.done(manager, party, 'notifications');
  }

  private async forget(manager: EntityManager, party: Party): Promise<void> {
    await holdPartyAlone(manager, party);
    await openRecord(manager, party, `${party.kind}:${party.id}`, this.clock.now());
    const { kind, id } = party;
    // Persons who were nothing else here are not kept either; should they sign in again, they are new.
    const members = await manager.query<[{ person_id: string }[], number]>(
      'DELETE FROM membership WHERE kind = $1 AND party_id = $2 RETURNING person_id',
      [kind, id],
    );
    if (kind === 'firm') {
      await manager.query('DELETE FROM claim WHERE company_id = $1', [id]);
      await manager.query('DELETE FROM invitation WHERE company_id = $1', [id]);
      await manager.query('DELETE FROM api_key WHERE firm_id = $1', [id]);
    }
    await manager.query('DELETE FROM consent WHERE kind = $1 AND party_id = $2', [kind, id]);
    await manager.query(
      `DELETE FROM person p WHERE id = ANY($1::uuid[]) AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id)
         AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.person_id = p.id)`,
      [members[0].map((member) => member.person_id)],
    );
    await forgetParty(manager, party);
    await completeStep(manager, party, 'access', this.clock.now());
  }

  private async done(manager: EntityManager, party: Party, owner: string): Promise<void> {
    // A service may be faster than the news that made it act.
    await openRecord(manager, party, `${party.kind}:${party.id}`, this.clock.now());
    await completeStep(manager, party, owner, this.clock.now());
  }
}
