import { Controller } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { companyErased, erasureCompleted, expertErased, exportRpc, type Party } from '#libs/contracts';
import { type EventContext, OnEvent, Outbox } from '#libs/messaging';
import { exportTables, forgetParty } from '#libs/records';
import { Rpc } from '#libs/service';

/** Completes what the recipient handler erases in the same transaction, and hands out what is kept of a firm or an expert. */
@Controller()
export class ErasureController {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  @OnEvent(companyErased)
  companyErased({ companyId: id }: { companyId: string }, { manager }: EventContext): Promise<void> {
    return this.complete(manager, { kind: 'firm', id });
  }

  @OnEvent(expertErased)
  expertErased({ expertId: id }: { expertId: string }, { manager }: EventContext): Promise<void> {
    return this.complete(manager, { kind: 'expert', id });
  }

  @Rpc(exportRpc.notifications)
  export({ kind, id }: Party) {
    const theirs = 'recipient_kind = $1 AND recipient_id = $2';
    const party = [kind, id];
    return exportTables(this.db.manager, {
      notice: [
        `SELECT id, kind, state, about_id, occasion, opportunity_id, suggestion_id, params, muted, created_at FROM notice WHERE ${theirs} ORDER BY id`,
        party,
      ],
      delivery: [
        `SELECT id, notice_id, channel, state, attempts, last_error, sent_at, created_at FROM delivery WHERE ${theirs} ORDER BY id`,
        party,
      ],
      claim_letter: [
        'SELECT id, claim_id, state, attempts, last_error, sent_at, created_at FROM claim_letter WHERE company_id = $1 ORDER BY id',
        [kind === 'firm' ? id : null],
      ],
      preference: [`SELECT choice, changed_at FROM preference WHERE ${theirs}`, party],
      mute: [`SELECT kind, competence, created_at FROM mute WHERE ${theirs} ORDER BY id`, party],
      refused_address: [`SELECT reason, refused_at FROM refused_address WHERE ${theirs}`, party],
      webhook: [
        'SELECT id, url, kinds, description, state, disabled_because, last_sent_at, created_at FROM webhook WHERE owner_kind = $1 AND owner_id = $2',
        party,
      ],
      webhook_delivery: [
        `SELECT d.id, d.webhook_id, d.notice_id, d.type, d.state, d.attempts, d.last_error, d.sent_at, d.created_at
         FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id WHERE w.owner_kind = $1 AND w.owner_id = $2 ORDER BY d.id`,
        party,
      ],
    });
  }

  private async complete(manager: EntityManager, party: Party): Promise<void> {
    await forgetParty(manager, party);
    await this.outbox.add(manager, erasureCompleted.notifications, { aggregateId: party.id, data: party });
  }
}
