import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { z } from 'zod';
import { fold } from '#libs/competences';
import {
  type Actor,
  type CallContext,
  type CompanyCreate,
  type Company as CompanyView,
  companiesRpc,
  companySaved,
  keepsContents,
  mayDispose,
  mayEdit,
  oversees,
  Problem,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { idOfCursor, invalid, notFound, pageOfRows, revisionMismatch, runOnce } from '#libs/records';
import { eraseCompany } from '../erasure/erase-company.js';
import { announceAgain } from '../opportunity/announcement.js';
import { companyView } from './company.dto.js';
import { Company } from './company.entity.js';
import { blankCompany, draftCompany } from './company-draft.js';
import { CompanyIdentifier } from './company-identifier.entity.js';
import { refuseTaken, storeIdentifiers } from './identifier-claim.js';

type Update = z.infer<typeof companiesRpc.update.request>;
type Erase = z.infer<typeof companiesRpc.erase.request>;
type List = z.infer<typeof companiesRpc.list.request>;

@Injectable()
export class CompanyService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  async create(input: CompanyCreate, ctx: CallContext): Promise<CompanyView> {
    if (!keepsContents(ctx.actor)) throw new Problem('forbidden', 'Companies are created by coordinators.');
    const { draft, errors } = draftCompany(input, ctx.lang);
    if (errors.length > 0) throw invalid(errors);
    if (!oversees(ctx.actor, { ...blankCompany('', new Date()), ...draft.changes }))
      throw new Problem('forbidden', 'Companies are created by the coordinators of their territory.');
    return runOnce(this.db, ctx, companiesRpc.create.subject, input, async (manager) => {
      const now = new Date();
      const company = manager.create(Company, { ...blankCompany(v7(), now), ...draft.changes });
      await refuseTaken(manager, company.id, draft.identifiers ?? [], ctx.actor);
      await manager.insert(Company, company);
      const identifiers = await storeIdentifiers(manager, company.id, draft.identifiers ?? [], ctx.actor.kind, now);
      await this.tell(manager, company);
      return companyView(company, identifiers, ctx);
    });
  }

  async get(id: string, ctx: CallContext): Promise<CompanyView> {
    const company = await this.db.manager.findOne(Company, { where: { id } });
    if (!company) throw notFound('company');
    const identifiers = await this.db.manager.find(CompanyIdentifier, { where: { companyId: id } });
    return companyView(company, identifiers, ctx);
  }

  async update(request: Update, ctx: CallContext): Promise<CompanyView> {
    const { id, revision, patch } = request;
    return runOnce(this.db, ctx, companiesRpc.update.subject, request, async (manager) => {
      const before = await ownCompany(manager, id, ctx.actor, mayEdit);
      if (before.revision !== revision) throw revisionMismatch('company', before.revision);
      if (patch.registerEmail !== undefined && !keepsContents(ctx.actor))
        throw new Problem('forbidden', 'The address of the register is kept by coordinators.');
      const { draft, errors } = draftCompany(patch, ctx.lang, before);
      if (errors.length > 0) throw invalid(errors);
      const now = new Date();
      if (draft.identifiers) await refuseTaken(manager, id, draft.identifiers, ctx.actor);
      const company = { ...before, ...draft.changes, revision: revision + 1, updatedAt: now };
      const { affected } = await manager.update(Company, { id, revision }, company);
      if (affected !== 1) throw revisionMismatch('company');
      const identifiers = draft.identifiers
        ? await storeIdentifiers(manager, id, draft.identifiers, ctx.actor.kind, now)
        : await manager.find(CompanyIdentifier, { where: { companyId: id } });
      await this.tell(manager, company);
      if (showsInOpportunities(draft.changes)) await announceAgain(manager, this.outbox, [id], now);
      return companyView(company, identifiers, ctx);
    });
  }

  async erase(request: Erase, ctx: CallContext): Promise<{ id: string }> {
    const { id } = request;
    return runOnce(this.db, ctx, companiesRpc.erase.subject, request, async (manager) => {
      // The lock keeps a new opportunity from slipping in between.
      const company = await ownCompany(manager, id, ctx.actor, mayDispose, 'pessimistic_write');
      if (request.revision !== undefined && request.revision !== company.revision) {
        throw revisionMismatch('company', company.revision);
      }
      await eraseCompany(manager, this.outbox, company);
      return { id };
    });
  }

  async list(
    { q, country, territory, sector, cursor, limit }: List,
    ctx: CallContext,
  ): Promise<z.input<typeof companiesRpc.list.response>> {
    const query = this.db.manager
      .createQueryBuilder(Company, 'c')
      .orderBy('c.id', 'DESC')
      .limit(limit + 1);
    const after = idOfCursor(cursor);
    if (after) query.andWhere('c.id < :after', { after });
    if (q) query.andWhere('strpos(c.nameFolded, :q) > 0', { q: fold(q) });
    if (country) query.andWhere('c.country = :country', { country });
    if (territory) query.andWhere('c.territory LIKE :territory', { territory: `${territory}%` });
    if (sector) query.andWhere('c.nace @> ARRAY[:sector]', { sector });
    const { rows, nextCursor } = pageOfRows(await query.getMany(), limit);
    const identifiers = await this.identifiersOf(rows.map(({ id }) => id));
    return { items: rows.map((company) => companyView(company, identifiers.get(company.id) ?? [], ctx)), nextCursor };
  }

  private async tell(manager: EntityManager, { id, revision }: Company): Promise<void> {
    await this.outbox.add(manager, companySaved, { aggregateId: id, data: { companyId: id, revision } });
  }

  private async identifiersOf(ids: string[]): Promise<Map<string, CompanyIdentifier[]>> {
    const rows = await this.db.manager
      .createQueryBuilder(CompanyIdentifier, 'i')
      .where('i.companyId = ANY(:ids)', { ids })
      .getMany();
    return Map.groupBy(rows, ({ companyId }) => companyId);
  }
}

/** Whether a change of a company is one of its opportunities too: they show its name and place, and its sectors where they have none. */
export function showsInOpportunities(changes: Partial<Company>): boolean {
  return ['name', 'country', 'territory', 'sectors', 'languages'].some((field) => field in changes);
}

/** The company, for one who may change it. To everybody else it is as if it did not exist. */
async function ownCompany(
  manager: EntityManager,
  id: string,
  actor: Actor,
  may: typeof mayEdit,
  lock?: 'pessimistic_write',
): Promise<Company> {
  const query = manager.createQueryBuilder(Company, 'c').where('c.id = :id', { id });
  if (lock) query.setLock(lock);
  const company = await query.getOne();
  if (!company || !may(actor, 'firm', id, company)) throw notFound('company');
  return company;
}
