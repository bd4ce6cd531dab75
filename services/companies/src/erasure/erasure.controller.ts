import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { erasureRequested, exportRpc, identifiedRpc, type Party } from '#libs/contracts';
import { type EventContext, OnEvent, Outbox } from '#libs/messaging';
import { exportTables, Tombstone } from '#libs/records';
import { Rpc } from '#libs/service';
import { Company } from '../company/company.entity.js';
import { checkIdentifier } from '../company/identifiers.js';
import { eraseCompany, tellErased } from './erase-company.js';

/** What access asks in the name of a firm: to erase it, to hand out all that is kept of it, and which firm an identifier names. */
@Controller()
export class ErasureController {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  @OnEvent(erasureRequested)
  async requested({ kind, id }: Party, { manager }: EventContext): Promise<void> {
    if (kind !== 'firm') return;
    const lock = { mode: 'pessimistic_write' } as const;
    const company = await manager.findOne(Company, { where: { id }, lock });
    if (company) return eraseCompany(manager, this.outbox, company);
    // Erased already: whoever missed it hears it again.
    const tombstone = await manager.findOne(Tombstone, { where: { id } });
    if (tombstone) await tellErased(manager, this.outbox, id, tombstone.revision);
  }

  @Rpc(exportRpc.companies)
  export({ kind, id }: Party) {
    const firm = kind === 'firm' ? id : null;
    return exportTables(this.db.manager, {
      company: ['SELECT * FROM company WHERE id = $1', [firm]],
      company_identifier: [
        'SELECT scheme, value, source, checked_at FROM company_identifier WHERE company_id = $1',
        [firm],
      ],
      opportunity: ['SELECT * FROM opportunity WHERE company_id = $1 ORDER BY id', [firm]],
      import_key: ['SELECT source, external_key FROM import_key WHERE id = $1', [firm]],
    });
  }

  @Rpc(identifiedRpc)
  async identified(identifier: z.output<typeof identifiedRpc.request>) {
    const checked = checkIdentifier(identifier);
    if ('error' in checked) return { ids: [] };
    const rows = await this.db.query<{ id: string }[]>(
      'SELECT DISTINCT company_id AS id FROM company_identifier WHERE scheme = $1 AND value = $2 LIMIT 10',
      [identifier.scheme, checked.value],
    );
    return { ids: rows.map(({ id }) => id) };
  }
}
