import { Injectable, Logger } from '@nestjs/common';
import { Taxonomy } from '#libs/competences';
import type { MatchRequest, SubjectType } from '#libs/contracts';
import { SearchEngine } from '../index/search-engine.js';
import { WeightsService } from '../learning/weights.service.js';
import { type Candidate, type LoadedEvidence, withOnly } from './candidate.js';
import { CandidateStore } from './candidate.store.js';
import { Relations } from './competence.part.js';
import { isAvailable } from './context.part.js';
import { Knowledge } from './knowledge.service.js';
import { type Need, needOfOpportunity } from './need.js';
import { Phrasings } from './phrasing.js';
import type { Weights } from './ranking.weights.js';
import { type Scale, type Scored, score } from './score.js';
import { type Asked, bestHits, filterOf, termQueries } from './term-queries.js';

/** Subjects that are scored in full. */
const CANDIDATES = 500;
const PLAIN_CANDIDATES = 300;

export interface Ranked {
  candidate: Candidate;
  scored: Scored;
}

export interface Ranking {
  items: Ranked[];
  weights: Weights;
  /** The search engine could not be asked. */
  degraded: boolean;
}

export interface RankOptions {
  filters?: MatchRequest['filters'];
  /** Constraints of the search engine that are not the caller's choice. */
  fixed?: string[];
  /** Never in the answer. */
  exclude?: (candidate: Candidate) => boolean;
  /** Evidence that counts; all of it unless told. */
  counts?: (evidence: LoadedEvidence, candidate: Candidate) => boolean;
  /** Also those who are too far from the need to be an answer. */
  all?: boolean;
  limit: number;
  now: Date;
}

/** Finds candidates for a need and puts them in order. */
@Injectable()
export class Ranker {
  private readonly logger = new Logger(Ranker.name);
  private readonly relations = new Relations();
  private readonly phrasings: Phrasings;

  constructor(
    private readonly engine: SearchEngine,
    private readonly store: CandidateStore,
    private readonly knowledge: Knowledge,
    private readonly weights: WeightsService,
  ) {
    this.phrasings = new Phrasings(knowledge.frequencies, () => knowledge.reading.lexicon);
  }

  /** Subjects of a type that answer a need. */
  async answering(need: Need, type: SubjectType, options: RankOptions): Promise<Ranking> {
    return this.rank(need, type, options, (candidate, scale) => score(need, candidate, scale));
  }

  /** Opportunities that a subject answers: found by what the subject has, scored from the opportunity's side. `need` is the subject put as a need. */
  async answered(need: Need, subject: Candidate, options: RankOptions): Promise<Ranking> {
    const own = subject.type === 'company' ? subject : undefined;
    return this.rank(need, 'opportunity', options, (opportunity, scale) =>
      score(needOfOpportunity(opportunity), own ? { ...subject, capacity: undefined } : subject, scale),
    );
  }

  private async rank(
    need: Need,
    type: SubjectType,
    options: RankOptions,
    scoreOf: (candidate: Candidate, scale: Scale) => Scored,
  ): Promise<Ranking> {
    const { filters, exclude, counts, now } = options;
    const scale = this.scaleOf(type, now);
    const { weights, today } = scale;
    const asked = termQueries(need, filterOf(filters, options.fixed ?? []), scale, this.knowledge.frequencies);
    const { candidates, degraded } = await this.candidates(need, type, asked);
    const items: Ranked[] = [];
    for (const candidate of candidates) {
      if (exclude?.(candidate) || (filters?.availableOnly && !isAvailable(candidate, today))) continue;
      if (degraded && !plainlyFits(candidate, filters, now)) continue;
      const scored = scoreOf(counts ? withOnly(candidate, counts) : candidate, scale);
      if (options.all || scored.relevance >= weights.floor) items.push({ candidate, scored });
    }
    const least = options.all ? 0 : weights.tail * Math.max(0, ...items.map((one) => one.scored.relevance));
    const relevant = items.filter(({ scored }) => scored.firm || scored.relevance >= least);
    relevant.sort((a, b) => b.scored.score - a.scored.score || (a.candidate.id < b.candidate.id ? -1 : 1));
    return { items: relevant.slice(0, options.limit), weights, degraded };
  }

  private scaleOf(type: SubjectType, now: Date): Scale {
    return {
      rarity: (id) => this.knowledge.frequencies.concept(type, id),
      phrasings: (need, lang) => this.phrasings.of(need, lang),
      relations: this.relations,
      weights: this.weights.current(),
      today: now.toISOString().slice(0, 10),
    };
  }

  private async candidates(need: Need, type: SubjectType, asked: Asked[]) {
    try {
      const found = await this.engine.search(
        type,
        asked.map((one) => one.query),
      );
      const candidates = await this.store.load(type, bestHits(asked, found, CANDIDATES));
      return { candidates, degraded: false };
    } catch (error) {
      // The engine is away or being rebuilt from nothing: the copies still know who has which competence.
      this.logger.warn(`Answered without the search engine: ${error instanceof Error ? error.message : String(error)}`);
      const candidates = await this.store.withConcepts(
        type,
        need.concepts.map((concept) => concept.id),
        PLAIN_CANDIDATES,
      );
      return { candidates, degraded: true };
    }
  }
}

/** The search engine's filters, as far as the plain answer honours them: those that say where and who. */
function plainlyFits(candidate: Candidate, filters: MatchRequest['filters'], now: Date): boolean {
  const place = candidate.territory ?? candidate.country;
  const { opportunity } = candidate;
  if (opportunity?.expiresAt && Date.parse(opportunity.expiresAt) <= now.getTime()) return false;
  if (!filters) return true;
  if (filters.country && candidate.country !== filters.country) return false;
  if (filters.languages?.length && !filters.languages.some((lang) => candidate.languages.includes(lang))) return false;
  if (filters.territories?.length) {
    const served = (wanted: string) => candidate.served.some((beginning) => wanted.startsWith(beginning));
    if (!filters.territories.some((wanted) => place.startsWith(wanted) || served(wanted))) return false;
  }
  const wanted = filters.competences?.flatMap((name) => Taxonomy.own().resolve(name) ?? []);
  if (wanted && !wanted.some((id) => candidate.offers.held.has(id))) return false;
  const sectors = candidate.sectors.map((sector) => sector.nace);
  return !filters.sectors?.length || filters.sectors.some((code) => sectors.some((nace) => nace.startsWith(code)));
}
