import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type CallContext, type Export, type ExportedTables, exportRpc, type Party } from '#libs/contracts';
import { exportTables } from '#libs/records';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { disposable } from '../membership/party.js';

/** Services may need a moment for somebody who has been here for years. */
const PATIENCE_MS = 10_000;

/** Everything that the platform keeps of a firm or an expert, from all services. Whole or not at all: a part would look like everything. */
@Injectable()
export class ExportService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async export(subject: Party, ctx: CallContext): Promise<Export> {
    await disposable(this.rpc, subject, ctx);
    const own = serviceContext('access', ctx.lang, ctx.requestId);
    const others = await Promise.all(
      Object.entries(exportRpc).map(
        async ([service, contract]): Promise<[string, ExportedTables]> => [
          service,
          await this.rpc.call(contract, subject, own, { timeoutMs: PATIENCE_MS }),
        ],
      ),
    );
    const services = Object.fromEntries([...others, ['access', await this.ownTables(subject)] as const]);
    return { subject, exportedAt: this.clock.now().toISOString(), services };
  }

  // Hashes of keys and links are secrets of the platform, and say nothing about anybody.
  private ownTables({ kind, id }: Party): Promise<ExportedTables> {
    const firm = kind === 'firm' ? id : null;
    return exportTables(this.db.manager, {
      membership: [
        'SELECT id, person_id, kind, firm_role, granted_by, created_at FROM membership WHERE kind = $1 AND party_id = $2',
        [kind, id],
      ],
      claim: [
        'SELECT id, person_id, company_id, state, decided_by, created_at, decided_at, mailed_at FROM claim WHERE company_id = $1',
        [firm],
      ],
      invitation: [
        'SELECT id, firm_role, invited_by, created_at, expires_at, used_at FROM invitation WHERE company_id = $1',
        [firm],
      ],
      api_key: [
        'SELECT id, label, scopes, hint, created_at, expires_at, last_used_on::text, revoked_at FROM api_key WHERE firm_id = $1',
        [firm],
      ],
      consent: [
        'SELECT purpose, granted, by, at FROM consent WHERE kind = $1 AND party_id = $2 ORDER BY id',
        [kind, id],
      ],
      audit_entry: [
        'SELECT at, actor, operation, targets FROM audit_entry WHERE targets @> ARRAY[$1] OR actor = $2 ORDER BY seq',
        [id, `${kind}:${id}`],
      ],
    });
  }
}
