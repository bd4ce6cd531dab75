import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  type CallContext,
  type CompanyCreate,
  type companiesRpc,
  companySaved,
  overseesAll,
  Problem,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { type Candidate, importRows, insertMany, updateMany } from '#libs/records';
import { announceAgain } from '../opportunity/announcement.js';
import { Company } from './company.entity.js';
import { showsInOpportunities } from './company.service.js';
import { blankCompany, type CompanyDraft, draftCompany } from './company-draft.js';
import { CompanyIdentifier } from './company-identifier.entity.js';
import { clashes, type Holders, holdersOf, sameFirms } from './identifier-claim.js';
import { sameFirm } from './identifiers.js';

type Import = z.infer<typeof companiesRpc.import.request>;
type Drafted = { id: string; draft: CompanyDraft };

@Injectable()
export class CompanyImportService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  async import({ source, rows }: Import, ctx: CallContext): Promise<z.input<typeof companiesRpc.import.response>> {
    if (!overseesAll(ctx.actor))
      throw new Problem('forbidden', 'Companies are imported by those who keep the whole platform.');
    return this.db.transaction(async (manager) => {
      const now = new Date();
      let holders: Holders = new Map();
      const results = await importRows<CompanyCreate, CompanyDraft>(
        manager,
        { source, rows },
        {
          prepare: (item) => draftCompany(item, item.languages?.[0] ?? ctx.lang),
          match: async (candidates) => {
            holders = await holdersOf(
              manager,
              candidates.flatMap(({ draft }) => draft.identifiers ?? []),
            );
            matchFirms(candidates, holders, ctx);
          },
          insert: (drafted) => this.insert(manager, drafted, source, now),
          update: (drafted) => this.update(manager, drafted, source, now),
        },
      );
      return { results };
    });
  }

  private async insert(manager: EntityManager, drafted: Drafted[], source: string, now: Date): Promise<void> {
    const companies = drafted.map(({ id, draft }) => ({ ...blankCompany(id, now), ...draft.changes }));
    await insertMany(manager, Company, companies);
    await insertMany(manager, CompanyIdentifier, identifierRows(drafted, source, now));
    await this.tell(manager, companies);
  }

  /** A file knows less of a firm than the firm itself: what it does not name stays, and so do identifiers it does not have. */
  private async update(manager: EntityManager, drafted: Drafted[], source: string, now: Date): Promise<void> {
    if (drafted.length === 0) return;
    const ids = drafted.map(({ id }) => id);
    const rows = await manager
      .createQueryBuilder(Company, 'c')
      .where('c.id = ANY(:ids)', { ids })
      .orderBy('c.id')
      .setLock('pessimistic_write')
      .getMany();
    const before = new Map(rows.map((row) => [row.id, row]));
    const known = drafted.filter(({ id }) => before.has(id));
    const companies = known.map(({ id, draft }) => {
      const company = before.get(id) as Company;
      return { ...company, ...draft.changes, revision: company.revision + 1, updatedAt: now };
    });
    await updateMany(manager, Company, companies);
    const had = await manager
      .createQueryBuilder(CompanyIdentifier, 'i')
      .where('i.companyId = ANY(:ids)', { ids })
      .getMany();
    const keys = new Set(had.map((one) => `${one.companyId} ${one.scheme} ${one.value}`));
    const added = identifierRows(known, source, now);
    await insertMany(
      manager,
      CompanyIdentifier,
      added.filter((one) => !keys.has(`${one.companyId} ${one.scheme} ${one.value}`)),
    );
    await this.tell(manager, companies);
    const shown = known.filter(({ draft }) => showsInOpportunities(draft.changes));
    await announceAgain(
      manager,
      this.outbox,
      shown.map(({ id }) => id),
      now,
    );
  }

  private async tell(manager: EntityManager, companies: Company[]): Promise<void> {
    const events = companies.map(({ id, revision }) => ({ aggregateId: id, data: { companyId: id, revision } }));
    if (events.length > 0) await this.outbox.addMany(manager, companySaved, events);
  }
}

/** Finds the firm behind each row by its identifiers. Rows that would make two firms one, or one firm two, are refused. */
function matchFirms(candidates: Candidate<CompanyDraft>[], holders: Holders, { actor }: CallContext): void {
  const before = new Map<string, CompanyDraft[]>();
  for (const candidate of candidates) {
    const identifiers = candidate.draft.identifiers ?? [];
    const firms = sameFirms(identifiers, holders);
    if (!candidate.id && firms.length === 1) candidate.id = firms[0];
    const others = new Map([...holders].filter(([id]) => firms.includes(id) && id !== candidate.id));
    candidate.errors.push(...clashes(identifiers, others, actor));
    for (const { scheme, value, at } of identifiers) {
      const key = `${scheme} ${value}`;
      const rivals = before.get(key) ?? [];
      if (rivals.some(({ identifiers: theirs }) => sameFirm(identifiers, theirs ?? []))) {
        const detail = 'a row before this one is the same firm';
        candidate.errors.push({ pointer: `/identifiers/${at}/value`, detail });
      }
      before.set(key, [...rivals, candidate.draft]);
    }
  }
}

function identifierRows(drafted: Drafted[], source: string, checkedAt: Date): CompanyIdentifier[] {
  return drafted.flatMap(({ id: companyId, draft }) =>
    (draft.identifiers ?? []).map(({ scheme, value }) => ({ companyId, scheme, value, source, checkedAt })),
  );
}
