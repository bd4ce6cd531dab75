import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { type CallContext, isParty, matchingRpc, opportunitiesRpc, Problem, type Suggestion } from '#libs/contracts';
import { idempotent, Outbox } from '#libs/messaging';
import { fitIntoMessage, RpcClient } from '#libs/service';
import { judge } from '../learning/judge.js';
import { takesRequests } from '../load/takes-requests.js';
import { Knowledge } from '../match/knowledge.service.js';
import { Territories } from '../match/territories.service.js';
import { setAside } from './set-aside.js';
import { SuggestionEntity } from './suggestion.entity.js';
import { listedSuggestions, type Wanted } from './suggestion.list.js';
import { type Reader, shownAsOpportunity, shownAsSubject } from './suggestion.view.js';

type ListRequest = z.output<typeof matchingRpc.suggestions.request>;
type NextBest = z.output<typeof matchingRpc.nextBest.request>;

type Side = 'owner' | 'subject' | 'coordinator';

/** What the two sides see of stored suggestions, and do with them. */
@Injectable()
export class SuggestionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly rpc: RpcClient,
    private readonly knowledge: Knowledge,
    private readonly territories: Territories,
  ) {}

  async list(request: ListRequest, ctx: CallContext) {
    const wanted = await this.wanted(request, ctx);
    const { rows, nextCursor } = await listedSuggestions(
      this.dataSource.manager,
      wanted,
      request.cursor,
      request.limit,
    );
    const reader = await this.reader(rows, ctx);
    const items = rows.map((row) =>
      wanted.by === 'opportunity' || (wanted.by === 'company' && row.companyId === wanted.id)
        ? shownAsSubject(row, reader, this.knowledge.labelOf)
        : shownAsOpportunity(row, reader, this.knowledge.labelOf),
    );
    return { items, nextCursor };
  }

  /** One as its owner, the suggested side or who accompanies them sees it. To others, and once it no longer stands, there is none. */
  async get(id: string, ctx: CallContext): Promise<Suggestion> {
    const row = await this.dataSource.manager.findOne(SuggestionEntity, { where: { id } });
    const side = row && row.state !== 'withdrawn' && (await this.sideOf(row, ctx));
    if (!row || !side) throw new Problem('not-found', 'There is no such suggestion');
    return this.shownTo(side, row, ctx);
  }

  /** For services that tell people of them; the subject is the expert or partner. */
  async byIds(ids: string[], ctx: CallContext) {
    const rows = await this.dataSource.query<{ id: string }[]>('SELECT id FROM suggestion WHERE id = ANY($1::uuid[])', [
      ids,
    ]);
    if (rows.length === 0) return { items: [], rest: [] };
    const found = await this.dataSource.manager
      .createQueryBuilder(SuggestionEntity, 's')
      .whereInIds(rows.map((row) => row.id))
      .getMany();
    const reader = await this.reader(found, ctx);
    const items = found.map((row) => shownAsSubject(row, reader, this.knowledge.labelOf));
    return fitIntoMessage(items, ids);
  }

  /** Who is to be asked when somebody asked before has declined or not answered; `today` is `YYYY-MM-DD`. */
  async nextBest({ opportunityId, subjectType, except }: NextBest, today: string) {
    const [row] = await this.dataSource.query<{ id: string }[]>(
      `SELECT g.id FROM suggestion AS g JOIN subject AS s ON s.type = g.subject_type AND s.id = g.subject_id
       WHERE g.opportunity_id = $1 AND g.subject_type = $2 AND g.state = 'open' AND g.subject_id <> ALL($3::uuid[]) AND s.open AND ${takesRequests('$4')}
       ORDER BY g.score DESC, g.id LIMIT 1`,
      [opportunityId, subjectType, except, today],
    );
    return { suggestionId: row?.id ?? null };
  }

  async dismiss(data: z.output<typeof matchingRpc.dismiss.request>, ctx: CallContext): Promise<Suggestion> {
    return this.dataSource.transaction((manager) =>
      idempotent(manager, ctx, matchingRpc.dismiss.subject, data, () => this.dismissed(manager, data, ctx)),
    );
  }

  private async dismissed(
    manager: EntityManager,
    { id, revision, reason }: z.output<typeof matchingRpc.dismiss.request>,
    ctx: CallContext,
  ): Promise<Suggestion> {
    const row = await manager.findOne(SuggestionEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    const by = row && (await this.sideOf(row, ctx));
    if (!row || !by) throw new Problem('not-found', 'There is no such suggestion');
    if (revision !== undefined && revision !== row.revision)
      throw new Problem('revision-mismatch', `The suggestion is at revision ${row.revision}`);
    if (row.state === 'withdrawn') throw new Problem('wrong-state', 'The suggestion no longer stands');
    // A reason may be given later, or by the other side.
    if (row.state === 'open' || reason)
      await judge(manager, { suggestionId: id, verdict: 'dismissed', reason, at: new Date() });
    if (row.state === 'open') await setAside(manager, this.outbox, row, by);
    return this.shownTo(by, row, ctx);
  }

  private async shownTo(side: Side, row: SuggestionEntity, ctx: CallContext): Promise<Suggestion> {
    const reader = await this.reader([row], ctx);
    const shown = side === 'subject' ? shownAsOpportunity : shownAsSubject;
    return shown(row, reader, this.knowledge.labelOf);
  }

  private async reader(rows: SuggestionEntity[], { actor, lang }: CallContext): Promise<Reader> {
    const owners = rows.filter(({ anonymous }) => anonymous).map(({ companyId }) => companyId);
    return { lang, firms: await this.territories.firmsOf(actor, owners) };
  }

  private async sideOf(
    { companyId, subjectType, subjectId }: SuggestionEntity,
    { actor }: CallContext,
  ): Promise<Side | undefined> {
    const kind = subjectType === 'company' ? 'firm' : 'expert';
    if (isParty(actor, 'firm', companyId)) return 'owner';
    if (isParty(actor, kind, subjectId)) return 'subject';
    const theirs =
      (await this.territories.may(actor, 'firm', companyId)) || (await this.territories.may(actor, kind, subjectId));
    return theirs ? 'coordinator' : undefined;
  }

  private async wanted({ opportunityId, companyId, expertId, seek }: ListRequest, ctx: CallContext): Promise<Wanted> {
    if ([opportunityId, companyId, expertId].filter(Boolean).length !== 1)
      throw new Problem('invalid-body', 'Exactly one of opportunityId, companyId and expertId is needed');
    if (opportunityId) {
      await this.checkOwner(opportunityId, ctx);
      return { by: 'opportunity', id: opportunityId, subjectType: seek === 'partners' ? 'company' : 'expert' };
    }
    if (companyId && !(await this.territories.may(ctx.actor, 'firm', companyId)))
      throw new Problem('forbidden', "These are another company's suggestions");
    if (expertId && !(await this.territories.may(ctx.actor, 'expert', expertId)))
      throw new Problem('forbidden', "These are another expert's suggestions");
    return companyId ? { by: 'company', id: companyId } : { by: 'expert', id: expertId! };
  }

  /** Who was suggested for an opportunity is its owner's business; to others it does not exist. */
  private async checkOwner(id: string, ctx: CallContext): Promise<void> {
    const [known] = await this.dataSource.query<{ owner: string | null }[]>(
      `SELECT owner FROM subject WHERE type = 'opportunity' AND id = $1 AND NOT gone`,
      [id],
    );
    // Never published, or just now: its service knows it.
    const owner = known?.owner ?? (await this.rpc.call(opportunitiesRpc.get, { id }, ctx)).companyId;
    if (!owner || !(await this.territories.may(ctx.actor, 'firm', owner)))
      throw new Problem('not-found', 'There is no such opportunity');
  }
}
