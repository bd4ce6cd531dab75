import { Controller } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { companyErased, erasureCompleted, expertErased, exportRpc, type Party } from '#libs/contracts';
import { type EventContext, OnEvent, Outbox } from '#libs/messaging';
import { exportTables, forgetParty } from '#libs/records';
import { Rpc } from '#libs/service';

/** Completes what the closing handler erases in the same transaction, and hands out what is kept of a firm or an expert. */
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

  /** Who stays unnamed to this party until both have accepted stays so in an export. */
  @Rpc(exportRpc.cooperation)
  export({ kind, id }: Party) {
    const unnamed = 'anonymous AND accepted_at IS NULL AND owner_id <> $2';
    return exportTables(this.db.manager, {
      interest: [
        `SELECT id, state, opportunity_id, suggestion_id, anonymous, note, answer_note, reason_code, achievement, withdrawn_by,
           CASE WHEN ${unnamed} THEN NULL ELSE owner_id END AS owner_id,
           asker_kind, CASE WHEN ${unnamed} AND asker_id = owner_id THEN NULL ELSE asker_id END AS asker_id,
           asked_kind, CASE WHEN ${unnamed} AND asked_id = owner_id THEN NULL ELSE asked_id END AS asked_id,
           created_at, due_at, answered_at, accepted_at, closed_at
         FROM interest WHERE (asker_kind = $1 AND asker_id = $2) OR (asked_kind = $1 AND asked_id = $2) ORDER BY id`,
        [kind, id],
      ],
      help_request: [
        `SELECT id, state, opportunity_id, suggestion_id, text, answer, created_at, answered_at
         FROM help_request WHERE asker_kind = $1 AND asker_id = $2 ORDER BY id`,
        [kind, id],
      ],
      disclosure: [
        'SELECT * FROM disclosure WHERE (of_kind = $1 AND of_id = $2) OR (to_kind = $1 AND to_id = $2) ORDER BY id',
        [kind, id],
      ],
      load: ['SELECT * FROM load WHERE expert_id = $1', [kind === 'expert' ? id : null]],
    });
  }

  private async complete(manager: EntityManager, party: Party): Promise<void> {
    await forgetParty(manager, party);
    await this.outbox.add(manager, erasureCompleted.cooperation, { aggregateId: party.id, data: party });
  }
}
