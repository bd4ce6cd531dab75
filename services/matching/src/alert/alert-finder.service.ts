import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem, type SubjectType } from '#libs/contracts';
import { Loads } from '../load/loads.service.js';
import type { Candidate } from '../match/candidate.js';
import { CandidateStore } from '../match/candidate.store.js';
import { type Ranked, Ranker } from '../match/ranker.service.js';
import { WEIGHTS } from '../match/ranking.weights.js';
import { AlertEntity } from './alert.entity.js';
import { type Hits, seekFor, type Unseen } from './alert.store.js';
import { AlertQuestions } from './alert-questions.service.js';

/** As far down as a search is looked at when it is saved. */
const KNOWN = 500;
/** Longest stretch of computing before waiting requests get their turn. */
const STRETCH_MS = 8;

/** What was there when a search was saved. */
export type Known = Pick<Hits, 'best' | 'found'>;

/** What saved searches find: by the same score, floor and tail as a search that is asked now. */
@Injectable()
export class AlertFinder {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: CandidateStore,
    private readonly questions: AlertQuestions,
    private readonly ranker: Ranker,
    private readonly loads: Loads,
  ) {}

  /** What a search finds at this moment, and the relevance of the best of it; undefined while the search engine cannot be asked. */
  async known(alert: AlertEntity, now: Date): Promise<Known | undefined> {
    const question = await this.questions.of(alert, now);
    if (!question) throw new Problem('not-found', 'Whoever saves a search must have a profile');
    const { items, degraded } = await this.ranker.rank({ ...question, options: { ...question.options, limit: KNOWN } });
    // Without it everything that is there today would be told as new tomorrow.
    if (degraded) return undefined;
    return { best: bestOf(items), found: scores(items) };
  }

  /** What the saved searches find among these subjects. */
  async among(subjects: readonly Unseen[], now: Date): Promise<Hits[]> {
    await this.loads.refresh();
    const found: Hits[] = [];
    for (const [type, some] of Map.groupBy(subjects, (one) => one.type)) {
      // As they are in the copies now, whatever memory holds.
      const candidates = await this.store.load(
        type,
        some.map(({ id }) => ({ id, revision: Number.POSITIVE_INFINITY })),
      );
      if (candidates.length > 0) found.push(...(await this.heldAgainst(type, candidates, now)));
    }
    return found;
  }

  private async heldAgainst(type: SubjectType, candidates: readonly Candidate[], now: Date): Promise<Hits[]> {
    const alerts = await this.dataSource.manager.find(AlertEntity, {
      where: { seek: seekFor(type), paused: false },
      order: { id: 'ASC' },
    });
    const found: Hits[] = [];
    let began = performance.now();
    for (const alert of alerts) {
      const question = await this.questions.of(alert, now);
      const items = question ? await this.ranker.among(question, candidates) : [];
      const best = Math.max(alert.best, bestOf(items));
      const near = items.filter(({ scored }) => scored.firm || scored.relevance >= WEIGHTS.tail * best);
      if (near.length > 0) found.push({ alert, best, found: scores(near) });
      if (performance.now() - began > STRETCH_MS) {
        await setImmediate();
        began = performance.now();
      }
    }
    return found;
  }
}

function bestOf(items: readonly Ranked[]): number {
  return items.reduce((best, { scored }) => Math.max(best, scored.relevance), 0);
}

function scores(items: readonly Ranked[]): Hits['found'] {
  return items.map(({ candidate: { id }, scored: { score } }) => ({ id, score }));
}
