import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type CallContext, type cooperationRpc, expertsRpc, keepsContents, mayActFor, Problem } from '#libs/contracts';
import { cursorAfter, idOfCursor, notFound, overseen, overseenBy } from '#libs/records';
import { RpcClient, serviceContext } from '#libs/service';
import { LoadEntity } from './load.entity.js';

type Request = z.output<typeof cooperationRpc.loads.request>;
type Page = z.input<typeof cooperationRpc.loads.response>;

/** How experts answer: for coordinators, and for each expert about themselves. */
@Injectable()
export class LoadService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
  ) {}

  async list({ expertId, cursor, limit }: Request, ctx: CallContext): Promise<Page> {
    if (expertId) return { items: [await this.one(expertId, ctx)], nextCursor: null };
    if (!keepsContents(ctx.actor)) throw new Problem('forbidden', 'How experts answer is for coordinators.');
    const query = this.db.manager
      .createQueryBuilder(LoadEntity, 'l')
      .orderBy('l.expertId', 'DESC')
      .limit(limit + 1);
    const after = idOfCursor(cursor);
    // Where an expert was when last asked.
    const place = `(SELECT i.asked_place FROM interest AS i WHERE i.asked_kind = 'expert' AND i.asked_id = l.expert_id ORDER BY i.id DESC LIMIT 1)`;
    query.where(overseen(place, ':overseen'), { overseen: overseenBy(ctx.actor, 'expert') });
    if (after) query.andWhere('l.expertId < :after', { after });
    const rows = await query.getMany();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { items: page, nextCursor: rows.length > limit && last ? cursorAfter(last.expertId) : null };
  }

  private async one(expertId: string, ctx: CallContext): Promise<Page['items'][number]> {
    const row = await this.db.manager.findOne(LoadEntity, { where: { expertId } });
    if (row && mayActFor(ctx.actor, 'expert', expertId)) return row;
    const own = serviceContext('cooperation', ctx.lang, ctx.requestId);
    const { items } = await this.rpc.call(expertsRpc.facts, { ids: [expertId] }, own);
    if (!items[0] || !mayActFor(ctx.actor, 'expert', expertId, items[0])) throw notFound('expert');
    if (row) return row;
    return { expertId, open: 0, asked: 0, responseRate: null, medianHours: null };
  }
}
