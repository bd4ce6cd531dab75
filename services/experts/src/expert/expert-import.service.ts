import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import type { z } from 'zod';
import {
  type CallContext,
  type ExpertCreate,
  expertSaved,
  type expertsRpc,
  overseesAll,
  Problem,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { type Candidate, importRows, insertMany, lockValues, updateMany } from '#libs/records';
import { Consent } from './consent.entity.js';
import { keepingIds } from './evidence.js';
import { Expert } from './expert.entity.js';
import { blankExpert, draftExpert, withChanges } from './expert-draft.js';

type Import = z.infer<typeof expertsRpc.import.request>;
type Draft = Partial<Expert>;
interface Terms {
  source: string;
  consentBasis?: string;
  now: Date;
}

@Injectable()
export class ExpertImportService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  async import(
    { source, consentBasis, rows }: Import,
    ctx: CallContext,
  ): Promise<z.input<typeof expertsRpc.import.response>> {
    if (!overseesAll(ctx.actor))
      throw new Problem('forbidden', 'Experts are imported by those who keep the whole platform.');
    return this.db.transaction(async (manager) => {
      const terms = { source, consentBasis, now: new Date() };
      const results = await importRows<ExpertCreate, Draft>(
        manager,
        // The same file brings something new when consent comes with it.
        { source, rows, terms: consentBasis !== undefined },
        {
          prepare: ({ listed, ...item }) => {
            const { changes, errors } = draftExpert(item, item.languages?.[0] ?? ctx.lang);
            if (listed === false) changes.listed = false;
            else if (consentBasis !== undefined) changes.listed = true;
            return { draft: changes, errors };
          },
          match: (candidates) => matchOrcids(manager, candidates),
          insert: (drafted) => this.insert(manager, drafted, terms),
          update: (drafted) => this.update(manager, drafted, terms),
        },
      );
      return { results };
    });
  }

  private async insert(manager: EntityManager, drafted: { id: string; draft: Draft }[], terms: Terms): Promise<void> {
    const experts = drafted.map(({ id, draft }) => withChanges(blankExpert(id, terms.now), draft));
    await insertMany(manager, Expert, experts);
    await recordConsents(
      manager,
      experts.filter(({ listed }) => listed),
      terms,
    );
    await this.tell(manager, experts);
  }

  /** A file knows less of an expert than the expert: what it does not name stays, and no file undoes a withdrawal of consent. */
  private async update(manager: EntityManager, drafted: { id: string; draft: Draft }[], terms: Terms): Promise<void> {
    if (drafted.length === 0) return;
    const ids = drafted.map(({ id }) => id);
    const rows = await manager
      .createQueryBuilder(Expert, 'e')
      .where('e.id = ANY(:ids)', { ids })
      .orderBy('e.id')
      .setLock('pessimistic_write')
      .getMany();
    const drafts = new Map(drafted.map(({ id, draft }) => [id, draft]));
    const withdrawn = await withdrawnAmong(manager, ids);
    const changed = rows.map((before) => {
      const { listed = before.listed, ...changes } = drafts.get(before.id) ?? {};
      const expert = withChanges(before, {
        ...changes,
        evidence: changes.evidence ? keepingIds(changes.evidence, before.evidence) : before.evidence,
        listed: listed && (before.listed || !withdrawn.has(before.id)),
        revision: before.revision + 1,
        updatedAt: terms.now,
      });
      return { expert, consentChanged: expert.listed !== before.listed };
    });
    const experts = changed.map(({ expert }) => expert);
    await updateMany(manager, Expert, experts);
    const consents = changed.filter(({ consentChanged }) => consentChanged).map(({ expert }) => expert);
    await recordConsents(manager, consents, terms);
    await this.tell(manager, experts);
  }

  private async tell(manager: EntityManager, experts: Expert[]): Promise<void> {
    const events = experts.map(({ id, revision, listed }) => ({
      aggregateId: id,
      data: { expertId: id, revision, listed },
    }));
    if (events.length > 0) await this.outbox.addMany(manager, expertSaved, events);
  }
}

/** Finds the person behind each row by the ORCID iD. */
async function matchOrcids(manager: EntityManager, candidates: Candidate<Draft>[]): Promise<void> {
  const orcids = candidates.flatMap(({ draft }) => draft.orcid ?? []);
  if (orcids.length === 0) return;
  await lockValues(
    manager,
    orcids.map((orcid) => `orcid ${orcid}`),
  );
  const rows = await manager.createQueryBuilder(Expert, 'e').where('e.orcid = ANY(:orcids)', { orcids }).getMany();
  const owners = new Map(rows.map(({ orcid, id }) => [orcid, id]));
  const seen = new Set<string>();
  for (const candidate of candidates) {
    const { orcid } = candidate.draft;
    if (!orcid) continue;
    const owner = owners.get(orcid);
    candidate.id ??= owner;
    const refuse = (detail: string) => candidate.errors.push({ pointer: '/orcid', detail });
    if (seen.has(orcid)) refuse('a row before this one has the same ORCID iD');
    else if (owner && owner !== candidate.id) refuse(`belongs to expert ${owner} already`);
    seen.add(orcid);
  }
}

/** Those who were listed once and have taken their consent back since. */
async function withdrawnAmong(manager: EntityManager, expertIds: string[]): Promise<Set<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT expert_id AS id FROM (
       SELECT DISTINCT ON (expert_id) expert_id, granted FROM consent WHERE expert_id = ANY($1) ORDER BY expert_id, id DESC) AS last
     WHERE NOT granted`,
    [expertIds],
  );
  return new Set(rows.map(({ id }) => id));
}

async function recordConsents(manager: EntityManager, experts: Expert[], terms: Terms): Promise<void> {
  const basis = terms.consentBasis ?? 'as the imported file says';
  const consents = experts.map(({ id: expertId, listed: granted }) => ({
    ...{ id: v7(), expertId, purpose: 'listing' as const, granted },
    ...{ at: terms.now, basis, source: `import:${terms.source}` },
  }));
  await insertMany(manager, Consent, consents);
}
