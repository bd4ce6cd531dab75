import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type CallContext,
  helpAnswered,
  helpRpc,
  matchingRpc,
  opportunitiesRpc,
  type Party,
  Problem,
  partyOf,
  type RpcContract,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { notFound, revisionMismatch, runOnce } from '#libs/records';
import { Clock, RpcClient, serviceContext } from '#libs/service';
import { lockParties } from '../interest/locks.js';
import { isErased, placeCode, profileOf } from '../interest/profile.js';
import { subjectOf } from '../interest/wish.js';
import { HelpRequestEntity } from './help.entity.js';
import { helpSideOf, helpStateAfter, spokenOf } from './help-rules.js';

type Request<T extends keyof typeof helpRpc> = z.output<(typeof helpRpc)[T]['request']>;
type Matter = Pick<HelpRequestEntity, 'opportunityId' | 'suggestionId'> & { other: Party | null };

/** Questions to the coordinators, and what becomes of them. Each act answers with the question's id. */
@Injectable()
export class HelpService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  ask(request: Request<'ask'>, ctx: CallContext): Promise<{ id: string }> {
    const asker = partyOf(ctx.actor);
    if (!asker) throw new Problem('forbidden', 'Coordinators are asked by firms and experts.');
    const own = serviceContext('cooperation', ctx.lang, ctx.requestId);
    return runOnce(this.db, ctx, helpRpc.ask.subject, request, async (manager) => {
      const [matter, { place }] = await Promise.all([
        this.matterOf(request, asker, own),
        profileOf(this.rpc, asker, own),
      ]);
      const { opportunityId, suggestionId, other } = matter;
      const parties = [asker, ...(other ? [other] : [])];
      await lockParties(manager, parties);
      if (await isErased(manager, parties)) throw notFound(nameOf(request));
      const row = manager.create(HelpRequestEntity, {
        ...{ id: uuidv7(), revision: 1, state: 'open', opportunityId, suggestionId },
        ...{ askerKind: asker.kind, askerId: asker.id, askerPlace: placeCode(place) },
        ...{ otherKind: other?.kind ?? null, otherId: other?.id ?? null },
        ...{ text: request.text, answer: null, createdAt: this.clock.now(), answeredAt: null },
      });
      const insert = manager.createQueryBuilder().insert().into(HelpRequestEntity).values(row);
      const { raw } = await insert.orIgnore().returning('id').execute();
      if (raw.length === 0)
        throw new Problem(
          'duplicate',
          'Your question about this is open already: wait for its answer, or withdraw it.',
        );
      return { id: row.id };
    });
  }

  answer(request: Request<'answer'>, ctx: CallContext): Promise<{ id: string }> {
    return this.act(helpRpc.answer, request, ctx, async (manager, row) => {
      row.state = helpStateAfter('answer', helpSideOf(row, ctx.actor)!, row.state);
      row.answer = request.text;
      row.answeredAt = this.clock.now();
      row.revision++;
      await manager.save(row);
      const { id, opportunityId, suggestionId, revision } = row;
      const data = { helpRequestId: id, opportunityId, ...(suggestionId && { suggestionId }), revision };
      await this.outbox.add(manager, helpAnswered, { aggregateId: id, data });
    });
  }

  withdraw(request: Request<'withdraw'>, ctx: CallContext): Promise<{ id: string }> {
    return this.act(helpRpc.withdraw, request, ctx, async (manager, row) => {
      row.state = helpStateAfter('withdraw', helpSideOf(row, ctx.actor)!, row.state);
      row.revision++;
      await manager.save(row);
    });
  }

  private act(
    contract: RpcContract,
    request: Request<'withdraw'>,
    ctx: CallContext,
    work: (manager: EntityManager, row: HelpRequestEntity) => Promise<void>,
  ): Promise<{ id: string }> {
    const { id, revision } = request;
    return runOnce(this.db, ctx, contract.subject, request, async (manager) => {
      const row = await manager.findOne(HelpRequestEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!row || !helpSideOf(row, ctx.actor)) throw notFound('question');
      if (revision !== undefined && revision !== row.revision) throw revisionMismatch('question', row.revision);
      await work(manager, row);
      return { id };
    });
  }

  /** What is asked about, by what the owners of suggestions and opportunities say at this moment. */
  private async matterOf(request: Request<'ask'>, asker: Party, own: CallContext): Promise<Matter> {
    const { suggestionId } = request;
    const suggestions = suggestionId
      ? await this.rpc.call(matchingRpc.suggestionsById, { ids: [suggestionId] }, own)
      : undefined;
    const suggestion = suggestions?.items[0];
    const opportunityId = suggestion?.opportunityId ?? request.opportunityId;
    if (!opportunityId) throw notFound(nameOf(request));
    const { items } = await this.rpc.call(opportunitiesRpc.facts, { ids: [opportunityId] }, own);
    const other = items[0] && spokenOf(asker, items[0], suggestion && subjectOf(suggestion));
    if (other === undefined) throw notFound(nameOf(request));
    return { opportunityId, suggestionId: suggestion?.id ?? null, other };
  }
}

const nameOf = ({ suggestionId }: Request<'ask'>): string => (suggestionId ? 'suggestion' : 'opportunity');
