import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  accessRpc,
  actorName,
  type CallContext,
  type Invitation,
  type invitationWithTokenSchema,
  type Membership,
  Problem,
} from '#libs/contracts';
import { notFound } from '#libs/records';
import { Clock, RpcClient } from '#libs/service';
import { showOnce } from '../key/once.js';
import { hashOf, newSecret } from '../key/secret.js';
import { grant, membershipsWhere } from '../membership/membership.store.js';
import { disposable, holdParty } from '../membership/party.js';
import { personOf } from '../membership/person.js';

const LIFE_MS = 14 * 86_400_000;

interface Row {
  id: string;
  company_id: string;
  firm_role: Invitation['role'];
  expires_at: Date;
  used_at: Date | null;
}

/** Colleagues come by a link that works once. Who sends it to whom is the firm's business: no address is kept here. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async invite(
    { companyId, role }: z.output<typeof accessRpc.invite.request>,
    ctx: CallContext,
  ): Promise<z.infer<typeof invitationWithTokenSchema>> {
    const party = { kind: 'firm' as const, id: companyId };
    await disposable(this.rpc, party, ctx);
    const { secret, hash } = newSecret('ci_');
    const now = this.clock.now();
    return showOnce(this.db, ctx, accessRpc.invite.subject, { companyId, role }, async (manager) => {
      await holdParty(manager, party);
      const [row] = await manager.query<Row[]>(
        `INSERT INTO invitation (id, company_id, firm_role, token_hash, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *`,
        [uuidv7(), companyId, role, hash, actorName(ctx.actor), now, new Date(now.getTime() + LIFE_MS)],
      );
      return { ...viewOf(row!), token: secret };
    });
  }

  async list(companyId: string, ctx: CallContext): Promise<{ items: Invitation[] }> {
    await disposable(this.rpc, { kind: 'firm', id: companyId }, ctx);
    const rows = await this.db.query<Row[]>('SELECT * FROM invitation WHERE company_id = $1 ORDER BY id DESC', [
      companyId,
    ]);
    return { items: rows.map(viewOf) };
  }

  async revoke(id: string, ctx: CallContext): Promise<{ id: string }> {
    const [row] = await this.db.query<Row[]>('SELECT * FROM invitation WHERE id = $1', [id]);
    if (!row) throw notFound('invitation');
    await disposable(this.rpc, { kind: 'firm', id: row.company_id }, ctx).catch(() => {
      throw notFound('invitation');
    });
    return this.db.transaction(async (manager) => {
      await manager.query('DELETE FROM invitation WHERE id = $1 AND used_at IS NULL', [id]);
      return { id };
    });
  }

  /** Makes the person who asks a member. A link that was used, is too old or never was one is refused in the same words. */
  async accept(token: string, ctx: CallContext): Promise<Membership> {
    return this.db.transaction(async (manager) => {
      const person = await personOf(manager, ctx);
      const now = this.clock.now();
      const [rows] = await manager.query<[(Row & { invited_by: string })[], number]>(
        'UPDATE invitation SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING *',
        [hashOf(token), now],
      );
      const [row] = rows;
      if (!row) throw new Problem('not-found', 'This invitation does not exist, was used already, or is too old.');
      const party = { kind: 'firm' as const, id: row.company_id };
      await holdParty(manager, party);
      // An owner who follows the link meant for an editor stays an owner.
      const [has] = await membershipsWhere(manager, `person_id = $1 AND kind = 'firm' AND party_id = $2`, [
        person,
        party.id,
      ]);
      if (has?.role.kind === 'firm' && has.role.role === 'owner') return has;
      return grant(manager, person, { ...party, role: row.firm_role }, row.invited_by, now);
    });
  }
}

function viewOf(row: Row): Invitation {
  return {
    id: row.id,
    companyId: row.company_id,
    role: row.firm_role,
    expiresAt: row.expires_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
  };
}
