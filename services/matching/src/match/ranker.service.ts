import { Injectable, Logger } from '@nestjs/common';
import type { SubjectType } from '#libs/contracts';
import { SearchEngine } from '../index/search-engine.js';
import { WeightsService } from '../learning/weights.service.js';
import { Loads } from '../load/loads.service.js';
import type { LoadFigures, LoadOf } from './availability.part.js';
import { type Candidate, withOnly } from './candidate.js';
import { CandidateStore } from './candidate.store.js';
import { Relations } from './competence.part.js';
import { exclusions, type Filters } from './filters.js';
import { Knowledge } from './knowledge.service.js';
import { needOfOpportunity } from './need.js';
import { Phrasings } from './phrasing.js';
import type { Question } from './question.js';
import type { Weights } from './ranking.weights.js';
import { type Scale, type Scored, type Weighed, weigh } from './score.js';
import { type Asked, bestHits, filterOf, plainTerms, termQueries } from './term-queries.js';

/** Subjects that are scored in full. */
const CANDIDATES = 500;
const PLAIN_CANDIDATES = 300;
/** Contributions are rounded to four places: a dozen of them may add up to this much more than they are. */
const ROUNDED_UP = 0.001;
/** Queries of the second way to candidates. */
const ALSO = 10;

export interface Ranked {
  candidate: Candidate;
  scored: Scored;
}

interface Answer {
  candidate: Candidate;
  weighed: Weighed;
}

export interface Ranking {
  items: Ranked[];
  weights: Weights;
  /** The search engine could not be asked. */
  degraded: boolean;
}

/** Where one subject stands among all that a question finds. */
export interface Standing {
  /** Null where it is not among those that are ranked. */
  rank: number | null;
  of: number;
  scored: Scored;
  /** Score of the last one that the answer shows. */
  lastScore: number | null;
  /** Relevance of the best one that was found. */
  best: number;
  /** The search led to it. */
  found: boolean;
  candidates: number;
  weights: Weights;
  load: LoadFigures | undefined;
  degraded: boolean;
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
    private readonly loads: Loads,
  ) {
    this.phrasings = new Phrasings(knowledge.frequencies, () => knowledge.reading.lexicon);
  }

  /** The answer to a question: the best of those who are one. */
  async rank(question: Question): Promise<Ranking> {
    const { answers, scale, degraded } = await this.weighed(question);
    return { items: ordered(answers, question.options.limit), weights: scale.weights, degraded };
  }

  /** Where a subject stands in the answer, or would stand if nothing kept it out. */
  async standing(question: Question, subject: Candidate): Promise<Standing> {
    const { answers, candidates, best, scale, degraded } = await this.weighed(question);
    const ranked = ordered(answers);
    const at = ranked.findIndex(({ candidate }) => candidate.id === subject.id);
    return {
      rank: at < 0 ? null : at + 1,
      of: ranked.length,
      scored: ranked[at]?.scored ?? seenBy(question, subject, scale).scored(),
      lastScore: ranked[Math.min(question.options.limit, ranked.length) - 1]?.scored.score ?? null,
      best,
      found: candidates.some(({ id }) => id === subject.id),
      candidates: candidates.length,
      weights: scale.weights,
      load: scale.load(subject.id),
      degraded,
    };
  }

  /** Those of some subjects that are near enough to be an answer, without asking the search engine. */
  async among(question: Question, candidates: readonly Candidate[]): Promise<Ranked[]> {
    const { answering, type, options } = question;
    const scale = this.scaleOf(answering?.type ?? type, options.now, await this.loads.current());
    return ordered(answersAmong(question, candidates, scale));
  }

  private async weighed(question: Question) {
    const { need, type, also, options } = question;
    const { filters, now } = options;
    const load = await this.loads.current();
    const searching = this.scaleOf(type, now, load);
    // A need is answered as well as its own firm would see it, whoever looks.
    const scale = question.answering ? this.scaleOf(question.answering.type, now, load) : searching;
    const { weights } = scale;
    const { frequencies } = this.knowledge;
    const filter = filterOf(filters, options.fixed ?? []);
    const asked = termQueries(need, filter, searching, frequencies);
    if (also) asked.push(...termQueries(also, filter, searching, frequencies).slice(0, ALSO));
    const { candidates, degraded } = await this.candidates(type, asked, filters);
    const near = answersAmong(question, candidates, scale);
    const best = Math.max(0, ...near.map(({ weighed }) => weighed.relevance));
    const least = options.all ? 0 : weights.tail * best;
    const answers = near.filter(({ weighed }) => weighed.firm || weighed.relevance >= least);
    return { answers, candidates, best, scale, degraded };
  }

  private scaleOf(type: SubjectType, now: Date, load: LoadOf): Scale {
    return {
      rarity: (id) => this.knowledge.frequencies.concept(type, id),
      phrasings: (need, lang) => this.phrasings.of(need, lang),
      relations: this.relations,
      weights: this.weights.current(),
      load,
      today: now.toISOString().slice(0, 10),
    };
  }

  private async candidates(type: SubjectType, asked: Asked[], filters: Filters | undefined) {
    try {
      const found = await this.engine.search(
        type,
        asked.map((one) => one.query),
      );
      const candidates = await this.store.load(type, bestHits(asked, found, CANDIDATES));
      return { candidates, degraded: false };
    } catch (error) {
      // The engine is away or being rebuilt from nothing: the copies still know who has which words and competences.
      this.logger.warn(`Answered without the search engine: ${error instanceof Error ? error.message : String(error)}`);
      const candidates = await this.store.sharing(type, plainTerms(asked), filters, PLAIN_CANDIDATES);
      return { candidates, degraded: true };
    }
  }
}

/** Those who may be in the answer and are near enough to the need for it. */
function answersAmong(question: Question, candidates: readonly Candidate[], scale: Scale): Answer[] {
  const { filters, exclude, all } = question.options;
  const answers: Answer[] = [];
  for (const candidate of candidates) {
    const { id } = candidate;
    if (exclude?.(candidate) || exclusions(candidate, filters, scale.today, scale.load(id)).length > 0) continue;
    const weighed = seenBy(question, candidate, scale);
    if (all || weighed.relevance >= scale.weights.floor) answers.push({ candidate, weighed });
  }
  return answers;
}

/** The best answers, best first. Who cannot get among them is not scored to the end. */
function ordered(answers: readonly Answer[], limit = Number.POSITIVE_INFINITY): Ranked[] {
  const items: Ranked[] = [];
  const inOrder = (a: Ranked, b: Ranked) =>
    b.scored.score - a.scored.score || (a.candidate.id < b.candidate.id ? -1 : 1);
  for (const { candidate, weighed } of answers.toSorted((a, b) => b.weighed.most - a.weighed.most)) {
    if (items.length >= limit && weighed.most + ROUNDED_UP < items[limit - 1]!.scored.score) break;
    items.push({ candidate, scored: weighed.scored() });
    if (items.length >= limit) items.sort(inOrder).splice(limit);
  }
  return items.sort(inOrder);
}

/** A need's view of a subject; where needs are looked for, each need's own view of the one who looks. */
function seenBy({ need, answering, prefer, options: { counts } }: Question, candidate: Candidate, scale: Scale) {
  const seen = counts ? withOnly(candidate, counts) : candidate;
  return answering ? weigh(needOfOpportunity(seen, prefer), answering, scale) : weigh(need, seen, scale);
}
