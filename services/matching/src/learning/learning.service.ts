import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { LEARNING_OUTCOMES, learningRpc, ScorePart } from '#libs/contracts';
import { type Answer, needsOf } from './comparisons.js';
import { JudgedPairEntity } from './judged-pair.entity.js';
import { learn } from './learn.js';
import { WeightsService } from './weights.service.js';

/** Fewer needs than this decide nothing, whatever they say. */
const MIN_NEEDS = 20;

type Request = z.output<typeof learningRpc.learn.request>;
type Outcome = (typeof LEARNING_OUTCOMES)[number];

/** Learns weights from how suggestions were answered. */
@Injectable()
export class LearningService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly weights: WeightsService,
  ) {}

  /** Fits, measures, and proposes what is better; `by` names who asked for it. */
  async learn({ min, seed, dryRun, apply }: Request, by: string) {
    const { version: basedOn, parts: today } = this.weights.current();
    const judged = await this.dataSource.manager.count(JudgedPairEntity);
    const answers = await this.answers(Object.keys(today) as ScorePart[]);
    const needs = needsOf(answers).size;
    const said = (outcome: Outcome) => {
      const nothing = { version: null, report: null };
      return { outcome, basedOn, judged, used: answers.length, needs, minNeeds: MIN_NEEDS, ...nothing };
    };
    if (answers.length < min || needs < MIN_NEEDS) return said('too-few');
    const { parts, report: found, better } = await learn(answers, today, seed, turn);
    const report = { judged, ...found };
    if (!better) return { ...said('not-better'), report };
    if (dryRun) return { ...said('better'), report };
    const version = await this.weights.propose({ parts, basedOn, report });
    if (apply) await this.weights.switch(version, by);
    return { ...said(apply ? 'applied' : 'proposed'), report, version };
  }

  private async answers(parts: readonly ScorePart[]): Promise<Answer[]> {
    const rows = await this.dataSource.query<(Omit<Answer, 'values'> & { features: Record<string, number> })[]>(
      `SELECT opportunity_id AS need, subject_type AS list, subject_id AS id, label, features FROM judged_pair
       WHERE label IS NOT NULL AND features IS NOT NULL`,
    );
    return rows.map(({ features, ...answer }) => ({ ...answer, values: parts.map((part) => features[part] ?? 0) }));
  }
}
