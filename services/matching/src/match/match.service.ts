import { Injectable } from '@nestjs/common';
import type { CallContext, MatchAnswer, MatchRequest } from '#libs/contracts';
import { type Candidate, foundSubject } from './candidate.js';
import { Knowledge } from './knowledge.service.js';
import type { Need } from './need.js';
import { Questions } from './questions.service.js';
import { Ranker, type Ranking } from './ranker.service.js';
import { labelled, reasonsIn } from './reasons.js';
import { understoodIn } from './understood.js';

/** Answers `POST /v1/matches`: a need in, ranked and explained subjects out; nothing is stored. */
@Injectable()
export class MatchService {
  constructor(
    private readonly questions: Questions,
    private readonly ranker: Ranker,
    private readonly knowledge: Knowledge,
  ) {}

  async match(request: MatchRequest, ctx: CallContext, now: Date): Promise<MatchAnswer> {
    const question = await this.questions.of(request, ctx, now);
    const ranking = await this.ranker.rank(question);
    return {
      understood: understoodIn(ctx.lang, question, request, this.knowledge.reading),
      items: ranking.items.map(({ candidate, scored }, at) => ({
        rank: at + 1,
        score: scored.score,
        subject: foundSubject(candidate),
        parts: scored.parts,
        reasons: reasonsIn(ctx.lang, scored.contributions, this.knowledge.labelOf),
        missing: labelled(ctx.lang, scored.missing),
      })),
      weightsVersion: ranking.weights.version,
      degraded: ranking.degraded,
    };
  }

  /** Experts or partner firms for an opportunity, available ones only: what suggestions are made of. */
  async forOpportunity(
    opportunity: Candidate,
    company: Candidate | undefined,
    seek: 'experts' | 'partners',
    limit: number,
    now: Date,
  ): Promise<{ need: Need; ranking: Ranking }> {
    const question = this.questions.ofOpportunity(opportunity, company, seek, limit, now);
    return { need: question.need, ranking: await this.ranker.rank(question) };
  }

  /** Open needs that a subject could answer. */
  async forSubject(subject: Candidate, limit: number, now: Date): Promise<{ need: Need; ranking: Ranking }> {
    const question = this.questions.ofSubject(subject, limit, now);
    return { need: question.need, ranking: await this.ranker.rank(question) };
  }
}
