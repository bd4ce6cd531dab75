import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { erasureRequested, exportRpc, type Party } from '#libs/contracts';
import { type EventContext, OnEvent, Outbox } from '#libs/messaging';
import { exportTables, Tombstone } from '#libs/records';
import { Rpc } from '#libs/service';
import { Expert } from '../expert/expert.entity.js';
import { eraseExpert, tellErased } from './erase-expert.js';

/** What access asks in the name of an expert: to erase them, and to hand out all that is kept of them. */
@Controller()
export class ErasureController {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  @OnEvent(erasureRequested)
  async requested({ kind, id }: Party, { manager }: EventContext): Promise<void> {
    if (kind !== 'expert') return;
    const lock = { mode: 'pessimistic_write' } as const;
    const expert = await manager.findOne(Expert, { where: { id }, lock });
    if (expert) return eraseExpert(manager, this.outbox, expert);
    // Erased already: whoever missed it hears it again.
    const tombstone = await manager.findOne(Tombstone, { where: { id } });
    if (tombstone) await tellErased(manager, this.outbox, id, tombstone.revision);
  }

  @Rpc(exportRpc.experts)
  export({ kind, id }: Party) {
    const expert = kind === 'expert' ? id : null;
    return exportTables(this.db.manager, {
      expert: ['SELECT * FROM expert WHERE id = $1', [expert]],
      consent: ['SELECT purpose, granted, at, basis, source FROM consent WHERE expert_id = $1 ORDER BY id', [expert]],
      import_key: ['SELECT source, external_key FROM import_key WHERE id = $1', [expert]],
    });
  }
}
