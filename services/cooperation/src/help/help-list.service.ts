import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type CallContext, type HelpFacts, type HelpRequest, type helpRpc, Problem, partyOf } from '#libs/contracts';
import { findByIds, idOfCursor, notFound, pageOfRows } from '#libs/records';
import { fitIntoMessage, RpcClient } from '#libs/service';
import { cardsOf } from '../interest/cards.js';
import { accompanied, accompaniedBy } from '../interest/interest.store.js';
import { partyShown } from '../interest/teaser.js';
import { HelpRequestEntity } from './help.entity.js';
import { helpSideOf } from './help-rules.js';

type List = z.output<typeof helpRpc.list.request>;

/** What askers and coordinators see of questions. */
@Injectable()
export class HelpListService {
  constructor(
    private readonly db: DataSource,
    private readonly rpc: RpcClient,
  ) {}

  async get(id: string, ctx: CallContext): Promise<HelpRequest> {
    const row = await this.db.manager.findOne(HelpRequestEntity, { where: { id } });
    if (!row || !helpSideOf(row, ctx.actor)) throw notFound('question');
    const [view] = await this.views([row], ctx);
    return view!;
  }

  async list(
    { state, opportunityId, cursor, limit }: List,
    ctx: CallContext,
  ): Promise<z.input<typeof helpRpc.list.response>> {
    const query = this.db.manager
      .createQueryBuilder(HelpRequestEntity, 'h')
      .orderBy('h.id', 'ASC')
      .limit(limit + 1);
    const party = partyOf(ctx.actor);
    if (party) query.where('h.askerKind = :kind AND h.askerId = :id', party);
    else query.where(accompanied('h.asker'), accompaniedBy(ctx.actor));
    if (state) query.andWhere('h.state = :state', { state });
    if (opportunityId) query.andWhere('h.opportunityId = :opportunityId', { opportunityId });
    const after = idOfCursor(cursor);
    if (after) query.andWhere('h.id > :after', { after });
    const { rows, nextCursor } = pageOfRows(await query.getMany(), limit);
    return { items: await this.views(rows, ctx), nextCursor };
  }

  async facts(ids: string[], ctx: CallContext): Promise<{ items: HelpFacts[]; rest: string[] }> {
    if (ctx.actor.kind !== 'service') throw new Problem('forbidden', 'It names who asked: for services alone.');
    const rows = await findByIds(this.db.manager, HelpRequestEntity, ids);
    return fitIntoMessage(
      rows.map(({ id, revision, state, opportunityId, suggestionId, answer, askerKind, askerId }) => {
        return { id, revision, state, opportunityId, suggestionId, answer, asker: { kind: askerKind, id: askerId } };
      }),
    );
  }

  private async views(rows: HelpRequestEntity[], ctx: CallContext): Promise<HelpRequest[]> {
    const askers = rows.map(({ askerKind, askerId }) => ({ kind: askerKind, id: askerId }));
    const cards = await cardsOf(this.rpc, askers, ctx);
    return rows.map((row, at) => {
      const asker = askers[at]!;
      const { id, revision, state, opportunityId, suggestionId, text, answer, createdAt, answeredAt } = row;
      return {
        ...{ id, revision, state, opportunityId, suggestionId, text, answer },
        asker: partyShown(asker, cards.get(`${asker.kind} ${asker.id}`)),
        createdAt: createdAt.toISOString(),
        answeredAt: answeredAt?.toISOString() ?? null,
      };
    });
  }
}
