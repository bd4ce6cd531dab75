import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { z } from 'zod';
import {
  type Actor,
  type CallContext,
  mayActFor,
  type Opportunity as OpportunityView,
  opportunitiesRpc,
  type Place,
  Problem,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { idOfCursor, invalid, notFound, pageOfRows, revisionMismatch, runOnce } from '#libs/records';
import { Clock } from '#libs/service';
import { Company } from '../company/company.entity.js';
import { CompanyIdentifier } from '../company/company-identifier.entity.js';
import { announce, announceClosed } from './announcement.js';
import { givenAway, mayBecomeAnonymous } from './anonymity.js';
import { act, PRIVATE_STATES } from './life-cycle.js';
import { opportunityView } from './opportunity.dto.js';
import { Opportunity } from './opportunity.entity.js';
import { draftOpportunity } from './opportunity-draft.js';

type Create = z.infer<typeof opportunitiesRpc.create.request>;
type Update = z.infer<typeof opportunitiesRpc.update.request>;
type Act = z.infer<typeof opportunitiesRpc.act.request>;
type List = z.infer<typeof opportunitiesRpc.list.request>;

@Injectable()
export class OpportunityService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async create(request: Create, ctx: CallContext): Promise<OpportunityView> {
    const { companyId, opportunity: input } = request;
    const place = await this.db.manager.findOne(Company, { where: { id: companyId } });
    if (!place || !mayActFor(ctx.actor, 'firm', companyId, place)) throw notFound('company');
    const { changes, errors } = draftOpportunity(input, input.lang);
    if (errors.length > 0) throw invalid(errors);
    return runOnce(this.db, ctx, opportunitiesRpc.create.subject, request, async (manager) => {
      // Held until the commit, so that the company cannot be erased in between.
      const company = await manager
        .createQueryBuilder(Company, 'c')
        .where('c.id = :companyId', { companyId })
        .setLock('for_key_share')
        .getOne();
      if (!company) throw notFound('company');
      const opportunity = manager.create(Opportunity, { ...blankDraft(v7(), companyId, this.clock.now()), ...changes });
      await refuseGivenAway(manager, opportunity);
      await manager.insert(Opportunity, opportunity);
      return opportunityView(opportunity, ctx.actor, company);
    });
  }

  async get(id: string, { actor }: CallContext): Promise<OpportunityView> {
    const opportunity = await this.db.manager.findOne(Opportunity, { where: { id } });
    const company = opportunity && (await companyOf(this.db.manager, opportunity));
    if (!opportunity || !maySee(opportunity, actor, company)) throw notFound('opportunity');
    return opportunityView(opportunity, actor, company);
  }

  async update(request: Update, ctx: CallContext): Promise<OpportunityView> {
    const { id, revision, patch } = request;
    return runOnce(this.db, ctx, opportunitiesRpc.update.subject, request, async (manager) => {
      const { before, company } = await ownOpportunity(manager, id, revision, ctx.actor);
      if (before.state === 'archived') {
        throw new Problem('wrong-state', 'What is archived cannot be changed. Create a new opportunity.');
      }
      const { changes, errors } = draftOpportunity(patch, patch.lang ?? before.lang);
      if (errors.length > 0) throw invalid(errors);
      if (changes.anonymous && !before.anonymous && !mayBecomeAnonymous(before.state)) {
        throw new Problem('wrong-state', 'What was read with a name keeps it. Put it on hold first, or write it anew.');
      }
      const opportunity = await save(manager, before, changes, this.clock.now());
      await refuseGivenAway(manager, opportunity);
      if (opportunity.state === 'published') await announce(manager, this.outbox, [opportunity]);
      return opportunityView(opportunity, ctx.actor, company);
    });
  }

  async act(request: Act, ctx: CallContext): Promise<OpportunityView> {
    const { id, revision, action, validDays } = request;
    return runOnce(this.db, ctx, opportunitiesRpc.act.subject, request, async (manager) => {
      const { before, company } = await ownOpportunity(manager, id, revision, ctx.actor);
      const outcome = act(before, action, this.clock.now(), validDays);
      if ('refusal' in outcome) throw new Problem('wrong-state', outcome.refusal);
      const opportunity = await save(manager, before, outcome.changes, this.clock.now());
      // The firm may have another name or address than when this was written.
      if (action === 'publish') await refuseGivenAway(manager, opportunity);
      if (opportunity.state === 'published') {
        await announce(manager, this.outbox, [opportunity]);
      } else if (before.state === 'published') {
        const reason = opportunity.state === 'on-hold' ? 'on-hold' : 'archived';
        await announceClosed(manager, this.outbox, [opportunity], reason);
      }
      return opportunityView(opportunity, ctx.actor, company);
    });
  }

  async list(
    { companyId, state, cursor, limit }: List,
    { actor }: CallContext,
  ): Promise<z.input<typeof opportunitiesRpc.list.response>> {
    const company = await this.db.manager.findOne(Company, { where: { id: companyId } });
    if (!company) throw notFound('company');
    const query = this.db.manager
      .createQueryBuilder(Opportunity, 'o')
      .where('o.companyId = :companyId', { companyId })
      .orderBy('o.id', 'DESC')
      .limit(limit + 1);
    const after = idOfCursor(cursor);
    if (after) query.andWhere('o.id < :after', { after });
    if (state) query.andWhere('o.state = :state', { state });
    if (!mayActFor(actor, 'firm', companyId, company)) {
      query.andWhere('o.state <> ALL(:privateStates)', { privateStates: PRIVATE_STATES });
      // In a list of one firm it would have that firm's name.
      query.andWhere('NOT o.anonymous');
    }
    const { rows, nextCursor } = pageOfRows(await query.getMany(), limit);
    return { items: rows.map((row) => opportunityView(row, actor, company)), nextCursor };
  }
}

/** Whether the actor sees the opportunity at all. */
export function maySee({ state, companyId }: Opportunity, actor: Actor, place: Place | null): boolean {
  return !PRIVATE_STATES.includes(state) || mayActFor(actor, 'firm', companyId, place);
}

/** The opportunity at the revision that the caller knows (at any, if none is given), locked, for one who may change it. */
async function ownOpportunity(
  manager: EntityManager,
  id: string,
  revision: number | undefined,
  actor: Actor,
): Promise<{ before: Opportunity; company: Company | null }> {
  const opportunity = await manager
    .createQueryBuilder(Opportunity, 'o')
    .where('o.id = :id', { id })
    .setLock('pessimistic_write')
    .getOne();
  const company = opportunity && (await companyOf(manager, opportunity));
  if (!opportunity || !mayActFor(actor, 'firm', opportunity.companyId, company)) throw notFound('opportunity');
  if (revision !== undefined && revision !== opportunity.revision) {
    throw revisionMismatch('opportunity', opportunity.revision);
  }
  return { before: opportunity, company };
}

const companyOf = (manager: EntityManager, { companyId }: Opportunity): Promise<Company | null> =>
  manager.findOne(Company, { where: { id: companyId } });

/** An opportunity that is to stay unnamed must not name its firm itself. */
async function refuseGivenAway(manager: EntityManager, opportunity: Opportunity): Promise<void> {
  const { anonymous, companyId } = opportunity;
  if (!anonymous) return;
  const [company, identifiers] = await Promise.all([
    manager.findOneOrFail(Company, { where: { id: companyId } }),
    manager.find(CompanyIdentifier, { where: { companyId } }),
  ]);
  const values = identifiers.map(({ value }) => value);
  const errors = givenAway(opportunity, company, values);
  if (errors.length > 0) throw invalid(errors);
}

async function save(
  manager: EntityManager,
  before: Opportunity,
  changes: Partial<Opportunity>,
  now: Date,
): Promise<Opportunity> {
  const after = { ...before, ...changes, revision: before.revision + 1, updatedAt: now };
  const { affected } = await manager.update(Opportunity, { id: before.id, revision: before.revision }, after);
  if (affected !== 1) throw revisionMismatch('opportunity');
  return after;
}

function blankDraft(id: string, companyId: string, now: Date): Partial<Opportunity> {
  return {
    ...{ id, companyId, revision: 1, state: 'draft', stateSince: now, createdAt: now, updatedAt: now },
    ...{ text: null, competences: [], sectors: [], prefer: null, stage: null, trl: null, ipStatus: null },
    ...{ openForInterest: true, anonymous: false, publishedAt: null, expiresAt: null, renewed: false, endTold: null },
  };
}
