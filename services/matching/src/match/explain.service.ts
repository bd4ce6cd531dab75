import { Injectable } from '@nestjs/common';
import type { CallContext, ExplainAnswer, ExplainRequest } from '#libs/contracts';
import { Askers } from './askers.service.js';
import { foundSubject } from './candidate.js';
import { obstaclesIn, obstaclesOf } from './explain.js';
import { Knowledge } from './knowledge.service.js';
import { Questions } from './questions.service.js';
import { Ranker } from './ranker.service.js';
import { labelled, reasonsIn } from './reasons.js';
import { understoodIn } from './understood.js';

/** Answers `POST /v1/matches/explain`: where one subject stands in the answer to a match, and what keeps it out or down. */
@Injectable()
export class ExplainService {
  constructor(
    private readonly questions: Questions,
    private readonly askers: Askers,
    private readonly ranker: Ranker,
    private readonly knowledge: Knowledge,
  ) {}

  async explain({ subject, ...request }: ExplainRequest, ctx: CallContext, now: Date): Promise<ExplainAnswer> {
    const question = await this.questions.of(request, ctx, now);
    const { candidate, listed, indexed } = await this.askers.subject(subject, ctx);
    const standing = await this.ranker.standing(question, candidate);
    const { own } = question;
    const { filters, limit } = request;
    const obstacles = obstaclesOf(standing, { candidate, listed, indexed, own, filters, limit, now });
    const { rank, of, scored, weights, degraded } = standing;
    return {
      understood: understoodIn(ctx.lang, question, request, this.knowledge.reading),
      subject: foundSubject(candidate),
      rank,
      of,
      score: scored.score,
      relevance: Math.min(1, Math.round(scored.relevance * 10_000) / 10_000),
      parts: scored.parts,
      reasons: reasonsIn(ctx.lang, scored.contributions, this.knowledge.labelOf),
      missing: labelled(ctx.lang, scored.missing),
      obstacles: obstaclesIn(ctx.lang, obstacles),
      weightsVersion: weights.version,
      degraded,
    };
  }
}
