import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  type CallContext,
  companiesRpc,
  type cooperationRpc,
  type counterpartSchema,
  expertsRpc,
  type Party,
  Problem,
} from '#libs/contracts';
import { idOfCursor, pageOfRows } from '#libs/records';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { askedOf, askerOf, InterestEntity } from '../interest/interest.entity.js';
import { contactsOpen, type Side } from '../interest/transitions.js';
import { DisclosureEntity } from './disclosure.entity.js';
import { enter } from './ledger.js';

export type Contact = NonNullable<z.infer<typeof counterpartSchema>['contact']>;
type Page = z.input<typeof cooperationRpc.disclosures.response>;

/** Opens contacts to the two sides, and knows who saw what. */
@Injectable()
export class DisclosureService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  /** The contact of the side opposite to `side`, once it is in the ledger that it was seen; undefined while it is not open. */
  async contactFor(interest: InterestEntity, side: Side, ctx: CallContext): Promise<Contact | undefined> {
    if (!contactsOpen(interest)) return undefined;
    const [to, of] = side === 'asker' ? [askerOf(interest), askedOf(interest)] : [askedOf(interest), askerOf(interest)];
    const contact = await this.contactOf(of, ctx);
    if (!contact) return undefined;
    const { id } = interest;
    return this.db.transaction(async (manager) => {
      // It may have been withdrawn while its owner was asked: then nothing may be shown any more.
      const now = await manager.findOneOrFail(InterestEntity, { where: { id }, lock: { mode: 'pessimistic_read' } });
      if (!contactsOpen(now)) return undefined;
      await enter(manager, [{ interestId: id, act: 'seen', of, to }], this.clock.now());
      return contact;
    });
  }

  /** Who saw whose contact, newest first. Whether the caller may know is settled before. */
  async list(interestId: string, { cursor, limit }: { cursor?: string | undefined; limit: number }): Promise<Page> {
    const query = this.db.manager
      .createQueryBuilder(DisclosureEntity, 'd')
      .where('d.interestId = :interestId', { interestId })
      .orderBy('d.id', 'DESC')
      .limit(limit + 1);
    const after = idOfCursor(cursor);
    if (after) query.andWhere('d.id < :after', { after });
    const { rows, nextCursor } = pageOfRows(await query.getMany(), limit);
    return {
      items: rows.map(({ id, act, at, ...row }) => ({
        id,
        interestId: row.interestId,
        act,
        of: { kind: row.ofKind, id: row.ofId },
        to: { kind: row.toKind, id: row.toId },
        at: at.toISOString(),
      })),
      nextCursor,
    };
  }

  private async contactOf({ kind, id }: Party, ctx: CallContext): Promise<Contact | undefined> {
    const own = serviceContext('cooperation', ctx.lang, ctx.requestId);
    try {
      const profile = await (kind === 'firm'
        ? this.rpc.call(companiesRpc.get, { id }, own)
        : this.rpc.call(expertsRpc.get, { id }, own));
      return { name: profile.name.slice(0, 120), ...profile.contact };
    } catch (error) {
      // Erased a moment ago; its event is still on the way.
      if (error instanceof Problem && error.code === 'not-found') return undefined;
      throw error;
    }
  }
}
