import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type OpportunityFacts, suggestionMade } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import type { Hold } from '../index/lease.js';
import { takesRequests } from '../load/takes-requests.js';
import type { Candidate } from '../match/candidate.js';
import type { Need } from '../match/need.js';
import type { Weights } from '../match/ranking.weights.js';
import type { Scored } from '../match/score.js';
import { type MatchJob, MatchJobs } from './match-jobs.service.js';
import { SuggestionEntity } from './suggestion.entity.js';
import { newsOf } from './suggestion.news.js';

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

  async store(job: MatchJob, facts: OpportunityFacts, picks: readonly Pick[], hold: Hold, now: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await hold.guard(manager);
      // Whoever closes the opportunity waits for this row, or has changed it already: then nothing may be suggested for it.
      const [opportunity] = await manager.query<{ revision: number; gone: boolean }[]>(
        `SELECT revision, gone FROM subject WHERE type = 'opportunity' AND id = $1 FOR UPDATE`,
        [facts.id],
      );
      if (opportunity && (opportunity.gone || opportunity.revision > facts.revision)) return;
      const allowed = await stillOpen(manager, picks, now.toISOString().slice(0, 10));
      await follow(manager, facts);
      const refused = await refusedPairs(manager, facts.id);
      const known = await manager.find(SuggestionEntity, { where: { opportunityId: facts.id } });
      const made: SuggestionEntity[] = [];
      for (const pick of picks) {
        if (!allowed.has(pick.candidate.id) || refused.has(pick.candidate.id)) continue;
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

/** Suggestions show the opportunity as it is now, also those that are not made again. */
async function follow(manager: EntityManager, { id, anonymous, country, territory }: OpportunityFacts): Promise<void> {
  await manager.query(
    `UPDATE suggestion SET anonymous = $2, places = jsonb_set(places, '{opportunity}', $3) WHERE opportunity_id = $1 AND anonymous <> $2`,
    [id, anonymous, JSON.stringify({ country, territory })],
  );
}

/** Who said no to this opportunity, or to whom it was said. */
export async function refusedPairs(manager: EntityManager, opportunityId: string): Promise<Set<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT subject_id AS id FROM judged_pair WHERE opportunity_id = $1 AND verdict IN ('declined', 'dismissed')`,
    [opportunityId],
  );
  return new Set(rows.map((row) => row.id));
}

/** Those that may be suggested at this moment, held so until the commit: a withdrawn consent, or a cap that is reached, wins over a score computed before. */
async function stillOpen(manager: EntityManager, picks: readonly Pick[], today: string): Promise<Set<string>> {
  const ids = picks.map((pick) => pick.candidate.id).sort();
  const rows = await manager.query<{ id: string }[]>(
    `SELECT s.id FROM subject AS s WHERE s.type IN ('expert', 'company') AND s.id = ANY($1::uuid[]) AND s.open AND ${takesRequests('$2')}
     ORDER BY s.type, s.id FOR SHARE`,
    [ids, today],
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
    anonymous: facts.anonymous,
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
  const { rank, score, weightsVersion } = row;
  return { aggregateId: row.id, data: { ...newsOf(row), rank, score, weightsVersion } };
}
