import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { z } from 'zod';
import { fold } from '#libs/competences';
import {
  type Actor,
  actorName,
  actsForThePlatform,
  type CallContext,
  type ExpertCreate,
  type Expert as ExpertView,
  expertSaved,
  expertsRpc,
  keepsContents,
  mayDispose,
  mayEdit,
  oversees,
  Problem,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import {
  idOfCursor,
  invalid,
  lockValues,
  notFound,
  overseen,
  overseenBy,
  pageOfRows,
  revisionMismatch,
  runOnce,
} from '#libs/records';
import { eraseExpert } from '../erasure/erase-expert.js';
import { Consent } from './consent.entity.js';
import { expertView, maySee } from './expert.dto.js';
import { Expert } from './expert.entity.js';
import { blankExpert, draftExpert, emptyProfile, withChanges } from './expert-draft.js';

type Update = z.infer<typeof expertsRpc.update.request>;
type Erase = z.infer<typeof expertsRpc.erase.request>;
type List = z.infer<typeof expertsRpc.list.request>;

@Injectable()
export class ExpertService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  async create(input: ExpertCreate, ctx: CallContext): Promise<ExpertView> {
    if (!keepsContents(ctx.actor)) throw new Problem('forbidden', 'Experts are registered by coordinators.');
    const { changes, errors } = draftExpert(input, ctx.lang);
    if (errors.length > 0) throw invalid(errors);
    if (!oversees(ctx.actor, changes))
      throw new Problem('forbidden', 'Experts are registered by the coordinators of their territory.');
    return runOnce(this.db, ctx, expertsRpc.create.subject, input, async (manager) => {
      const now = new Date();
      const listed = input.listed ?? true;
      const expert = manager.create(Expert, { ...withChanges(blankExpert(v7(), now), changes), listed });
      await refuseTaken(manager, expert, ctx.actor);
      await manager.insert(Expert, expert);
      if (listed) await recordConsent(manager, expert, ctx.actor, now);
      await this.tell(manager, expert);
      return expertView(expert, ctx.actor);
    });
  }

  async get(id: string, { actor }: CallContext): Promise<ExpertView> {
    const expert = await this.db.manager.findOne(Expert, { where: { id } });
    if (!expert || !maySee(expert, actor)) throw notFound('expert');
    return expertView(expert, actor);
  }

  async update(request: Update, ctx: CallContext): Promise<ExpertView> {
    const { id, revision, patch } = request;
    return runOnce(this.db, ctx, expertsRpc.update.subject, request, async (manager) => {
      const before = await ownExpert(manager, id, ctx.actor, mayEdit);
      if (before.revision !== revision) throw revisionMismatch('expert', before.revision);
      const { changes, errors } = draftExpert(patch, ctx.lang, before);
      const now = new Date();
      const expert = { ...withChanges(before, changes), revision: revision + 1, updatedAt: now };
      errors.push(...emptyProfile(expert));
      if (errors.length > 0) throw invalid(errors);
      if (expert.orcid !== before.orcid) await refuseTaken(manager, expert, ctx.actor);
      const { affected } = await manager.update(Expert, { id, revision }, expert);
      if (affected !== 1) throw revisionMismatch('expert');
      if (expert.listed !== before.listed) await recordConsent(manager, expert, ctx.actor, now);
      await this.tell(manager, expert);
      return expertView(expert, ctx.actor);
    });
  }

  async erase(request: Erase, ctx: CallContext): Promise<{ id: string }> {
    const { id } = request;
    return runOnce(this.db, ctx, expertsRpc.erase.subject, request, async (manager) => {
      const expert = await ownExpert(manager, id, ctx.actor, mayDispose, 'pessimistic_write');
      if (request.revision !== undefined && request.revision !== expert.revision) {
        throw revisionMismatch('expert', expert.revision);
      }
      await eraseExpert(manager, this.outbox, expert);
      return { id };
    });
  }

  async list(
    { q, country, territory, role, cursor, limit }: List,
    { actor }: CallContext,
  ): Promise<z.input<typeof expertsRpc.list.response>> {
    const query = this.db.manager
      .createQueryBuilder(Expert, 'e')
      .orderBy('e.id', 'DESC')
      .limit(limit + 1);
    const after = idOfCursor(cursor);
    if (after) query.andWhere('e.id < :after', { after });
    if (q) query.andWhere('strpos(e.namesFolded, :q) > 0', { q: fold(q) });
    if (country) query.andWhere('e.country = :country', { country });
    if (territory) query.andWhere('e.territory LIKE :territory', { territory: `${territory}%` });
    if (role) query.andWhere('e.role = :role', { role });
    if (actor.kind === 'expert') query.andWhere('(e.listed OR e.id = :own)', { own: actor.id });
    else if (!actsForThePlatform(actor))
      query.andWhere(`(e.listed OR ${overseen('coalesce(e.territory, e.country)', ':overseen')})`, {
        overseen: overseenBy(actor, 'expert'),
      });
    const { rows, nextCursor } = pageOfRows(await query.getMany(), limit);
    return { items: rows.map((expert) => expertView(expert, actor)), nextCursor };
  }

  private async tell(manager: EntityManager, { id, revision, listed }: Expert): Promise<void> {
    await this.outbox.add(manager, expertSaved, { aggregateId: id, data: { expertId: id, revision, listed } });
  }
}

/** The expert, for one who may change them. To everybody else it is as if they did not exist. */
async function ownExpert(
  manager: EntityManager,
  id: string,
  actor: Actor,
  may: typeof mayEdit,
  lock?: 'pessimistic_write',
): Promise<Expert> {
  const query = manager.createQueryBuilder(Expert, 'e').where('e.id = :id', { id });
  if (lock) query.setLock(lock);
  const expert = await query.getOne();
  if (!expert || !may(actor, 'expert', id, expert)) throw notFound('expert');
  return expert;
}

async function refuseTaken(manager: EntityManager, { id, orcid }: Expert, actor: Actor): Promise<void> {
  if (orcid === null) return;
  await lockValues(manager, [`orcid ${orcid}`]);
  const other = await manager.findOne(Expert, { where: { orcid } });
  if (!other || other.id === id) return;
  const whose = keepsContents(actor) ? `expert ${other.id}` : 'another expert';
  const errors = [{ pointer: '/orcid', detail: `belongs to ${whose} already` }];
  throw new Problem('duplicate', 'Another expert has the same ORCID iD.', errors);
}

async function recordConsent(manager: EntityManager, { id, listed }: Expert, actor: Actor, at: Date): Promise<void> {
  const basis = actor.kind === 'expert' ? 'by the expert' : 'as told to a coordinator';
  const source = actorName(actor);
  await manager.insert(Consent, { id: v7(), expertId: id, purpose: 'listing', granted: listed, at, basis, source });
}
