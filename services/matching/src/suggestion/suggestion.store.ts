import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type OpportunityFacts, suggestionMade } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Hold } from '../index/lease.js';
import type { Candidate } from '../match/candidate.js';
import type { Need } from '../match/need.js';
import type { Weights } from '../match/ranking.weights.js';
import type { Scored } from '../match/score.js';
import { type MatchJob, MatchJobs } from './match-jobs.service.js';
import { SuggestionEntity } from './suggestion.entity.js';

/** A subject chosen for an opportunity. */
export interface Pick {
  rank: number;
  candidate: Candidate;
  scored: Scored;
  need: Need;
  weights: Weights;
}

/** Stores what a matching run found: new suggestions with their event, old ones with their new figures; dismissed ones stay as they are. */
@Injectable()
export class SuggestionStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly jobs: MatchJobs,
  ) {}

  async store(job: MatchJob, facts: OpportunityFacts, picks: readonly Pick[], hold: Hold): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      // Whoever closes the opportunity waits for this row, or has changed it already: then nothing may be suggested for it.
      const [opportunity] = await manager.query<{ revision: number; gone: boolean }[]>(
        `SELECT revision, gone FROM subject WHERE type = 'opportunity' AND id = $1 FOR UPDATE`,
        [facts.id],
      );
      if (opportunity && (opportunity.gone || opportunity.revision > facts.revision)) return;
      const allowed = await stillOpen(manager, picks);
      const known = await manager.find(SuggestionEntity, { where: { opportunityId: facts.id } });
      const made: SuggestionEntity[] = [];
      for (const pick of picks) {
        if (!allowed.has(pick.candidate.id)) continue;
        const before = known.find(
          (one) => one.subjectId === pick.candidate.id && one.subjectType === pick.candidate.type,
        );
        if (before?.state === 'dismissed') continue;
        const next = suggestionOf(facts, pick, before);
        if (before?.state === 'open' && isSame(before, next)) continue;
        await manager.save(SuggestionEntity, next);
        if (before?.state !== 'open') made.push(next);
      }
      await this.outbox.addMany(manager, suggestionMade, made.map(eventOf));
      await this.jobs.finish(manager, job);
    });
  }
}

/** Those that may be suggested at this moment, held so until the commit: a withdrawn consent wins over a score computed before. */
async function stillOpen(manager: EntityManager, picks: readonly Pick[]): Promise<Set<string>> {
  const ids = picks.map((pick) => pick.candidate.id).sort();
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM subject WHERE type IN ('expert', 'company') AND id = ANY($1::uuid[]) AND open ORDER BY type, id FOR SHARE`,
    [ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** Whether it says nothing new. Other weights may come to the same score. */
function isSame(before: SuggestionEntity, next: SuggestionEntity): boolean {
  const { score, rank, weightsVersion } = before;
  // Those that were made before features were kept get them.
  return (
    before.features !== null && next.score === score && next.rank === rank && next.weightsVersion === weightsVersion
  );
}

function suggestionOf(
  facts: OpportunityFacts,
  { rank, candidate, scored, need, weights }: Pick,
  before: SuggestionEntity | undefined,
): SuggestionEntity {
  return Object.assign(new SuggestionEntity(), {
    id: before?.id ?? uuid(),
    revision: (before?.revision ?? 0) + 1,
    state: 'open',
    opportunityId: facts.id,
    companyId: facts.companyId,
    subjectType: candidate.type === 'company' ? 'company' : 'expert',
    subjectId: candidate.id,
    rank,
    score: scored.score,
    parts: scored.parts,
    features: scored.values,
    contributions: scored.contributions,
    missing: scored.missing,
    places: {
      subject: { country: candidate.country, territory: candidate.territory },
      opportunity: { country: facts.country, territory: facts.territory },
    },
    inputs: {
      opportunityRevision: facts.revision,
      subjectRevision: candidate.revision,
      concepts: need.concepts.map(({ id, weight }) => ({ id, weight })),
      terms: need.terms.map(({ stem, weight }) => ({ stem, weight })),
      prefer: need.prefer,
    },
    weightsVersion: weights.version,
    createdAt: before?.createdAt ?? new Date(),
  } satisfies SuggestionEntity);
}

function eventOf(row: SuggestionEntity) {
  const {
    id: suggestionId,
    opportunityId,
    companyId,
    subjectType,
    subjectId,
    revision,
    rank,
    score,
    weightsVersion,
  } = row;
  return {
    aggregateId: row.id,
    data: { suggestionId, opportunityId, companyId, subjectType, subjectId, revision, rank, score, weightsVersion },
  };
}
