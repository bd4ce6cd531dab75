import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type accessRpc, actorName, type CallContext, idSchema, type Membership, Problem } from '#libs/contracts';
import { notFound } from '#libs/records';
import { Clock, RpcClient } from '#libs/service';
import { grant, membershipsWhere } from './membership.store.js';
import { disposable, holdParty, holdPartyAlone } from './party.js';
import { meet, personOf } from './person.js';

type Identify = z.output<typeof accessRpc.identify.request>;
type Grant = z.output<typeof accessRpc.grant.request>;

/** Who is who: the roles of those who sign in, and who gives and takes them. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async identify({ issuer, subject }: Identify) {
    const person = await meet(this.db.manager, issuer, subject, this.clock.now());
    const [memberships, rows] = await Promise.all([
      membershipsWhere(this.db.manager, 'person_id = $1', [person]),
      this.db.query<{ not_before: Date | null }[]>('SELECT not_before FROM person WHERE id = $1', [person]),
    ]);
    const notBefore = rows[0]?.not_before?.toISOString() ?? null;
    return { person, roles: memberships.map(({ role }) => role), notBefore };
  }

  /** Ends whatever the person has signed in to before this moment, wherever it is open. */
  async signOut(ctx: CallContext): Promise<{ notBefore: string }> {
    return this.db.transaction(async (manager) => {
      const person = await personOf(manager, ctx);
      const now = this.clock.now();
      await manager.query('UPDATE person SET not_before = $2 WHERE id = $1', [person, now]);
      return { notBefore: now.toISOString() };
    });
  }

  /** One's own roles. */
  async own(ctx: CallContext): Promise<{ items: Membership[] }> {
    // Keys, and tokens that carry their role in themselves, have none here.
    const person = idSchema.safeParse(ctx.subject).data;
    return { items: person ? await membershipsWhere(this.db.manager, 'person_id = $1', [person]) : [] };
  }

  async membersOf(companyId: string, ctx: CallContext): Promise<{ items: Membership[] }> {
    await disposable(this.rpc, { kind: 'firm', id: companyId }, ctx);
    return { items: await membershipsWhere(this.db.manager, `kind = 'firm' AND party_id = $1`, [companyId]) };
  }

  async grant({ personId, role }: Grant, ctx: CallContext): Promise<Membership> {
    if (ctx.actor.kind !== 'admin') throw new Problem('forbidden', 'Roles are given by administrators.');
    return this.db.transaction(async (manager) => {
      if (role.kind === 'firm' || role.kind === 'expert') await holdParty(manager, { kind: role.kind, id: role.id });
      const known = await manager.query<unknown[]>('SELECT 1 FROM person WHERE id = $1 FOR KEY SHARE', [personId]);
      if (known.length === 0) throw notFound('person');
      return grant(manager, personId, role, actorName(ctx.actor), this.clock.now());
    });
  }

  /** Ends a role: one's own, that of a colleague by an owner of the firm, any by an administrator. A firm keeps an owner as long as it has members. */
  async end(id: string, ctx: CallContext): Promise<{ id: string }> {
    const [membership] = await membershipsWhere(this.db.manager, 'id = $1', [id]);
    if (!membership) throw notFound('membership');
    const { role, personId } = membership;
    if (personId !== ctx.subject && ctx.actor.kind !== 'admin') {
      if (role.kind !== 'firm') throw notFound('membership');
      await disposable(this.rpc, role, ctx).catch(() => {
        throw notFound('membership');
      });
    }
    return this.db.transaction(async (manager) => {
      if (role.kind === 'firm') await holdPartyAlone(manager, role);
      await manager.query('DELETE FROM membership WHERE id = $1', [id]);
      if (role.kind === 'firm' && ctx.actor.kind === 'firm' && role.role === 'owner') {
        const left = await membershipsWhere(manager, `kind = 'firm' AND party_id = $1`, [role.id]);
        if (left.length > 0 && !left.some((one) => one.role.kind === 'firm' && one.role.role === 'owner'))
          throw new Problem(
            'conflict',
            'The last owner of a firm cannot leave its editors alone: make one an owner first.',
          );
      }
      return { id };
    });
  }
}
