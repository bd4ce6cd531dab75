import { percentile } from '../measure.js';
import { type Headline, METRICS, type Metric } from './headline.js';
import { pairLosses } from './loss.js';
import {
  averagePrecision,
  collapse,
  type Grades,
  inOrder,
  ndcgAt,
  recallAt,
  reciprocalRank,
  relevantCount,
  rPrecisionAt,
  successAt,
} from './metrics.js';
import type { Query, RankingSet, Split } from './set.js';
import { figure, type Unit } from './statistics.js';
import type { System } from './system.js';

/** Places of a ranking that are looked at. */
const DEPTH = 1_000;

/** What is printed, one a set and system. Its keys are read by others: none may change. */
export type Line = { set: string; system: string; split: Split; queries: number } & Record<Metric, number> & {
    cMRR?: number;
    'cA@10'?: number;
    loss?: number;
    taxonomy: string;
    p50_ms: number;
    p95_ms: number;
  };

export interface Evaluation {
  line: Line;
  /** The headline figure, unit by unit, in an order that is the same for every system. */
  units: Unit[];
}

type QueryFigures = Record<Metric, number> & { cMRR?: number; 'cA@10'?: number };

/** Opens the system on the set, asks it every query one after the other and closes it. Queries without a relevant candidate count nowhere. */
export async function evaluate(
  system: System,
  set: RankingSet,
  { split, queries }: { split: Split; queries: readonly Query[] },
  headline: Headline,
  tick: (asked: number, all: number) => void,
): Promise<Evaluation> {
  const { corpus } = set;
  const judged = queries.filter(({ id }) => relevantCount(set.grades.get(id) ?? new Map()) > 0);
  const samples = [...(corpus.profiles?.keys() ?? [])];
  const all = judged.length * (1 + samples.length);
  const concepts = conceptsOf(set);
  const figures: QueryFigures[] = [];
  const scores = samples.map((sample) => ({ sample, ofQuery: new Map<string, Map<string, number>>() }));
  const times: number[] = [];
  try {
    await system.open(corpus);
    for (const [index, query] of judged.entries()) {
      const start = performance.now();
      const ranked = await system.rank(query, { limit: DEPTH });
      times.push(performance.now() - start);
      figures.push(figuresOf(inOrder(ranked), set.grades.get(query.id)!, concepts));
      for (const { sample, ofQuery } of scores) {
        const scored = await system.rank(query, { limit: corpus.candidates.length, sample });
        ofQuery.set(query.id, new Map(scored.map(({ id, score }) => [id, score])));
      }
      tick((index + 1) * (1 + samples.length), all);
    }
  } finally {
    await system.close();
  }
  const losses =
    scores.length > 0
      ? pairLosses(
          new Map(judged.map(({ id }) => [id, set.grades.get(id)!])),
          scores.map(({ ofQuery }) => ofQuery),
        )
      : undefined;
  const lossUnits = [...(losses?.values() ?? [])].map(({ lost, weight }) => ({ value: lost, weight }));
  const mean = (metric: keyof QueryFigures) =>
    round(figures.reduce((sum, ofQuery) => sum + (ofQuery[metric] ?? 0), 0) / Math.max(1, figures.length));
  const line: Line = {
    set: corpus.name,
    system: system.name,
    split,
    queries: judged.length,
    ...(Object.fromEntries(METRICS.map((metric) => [metric, mean(metric)])) as Record<Metric, number>),
    ...(concepts ? { cMRR: mean('cMRR'), 'cA@10': mean('cA@10') } : {}),
    ...(losses ? { loss: round(figure(lossUnits)) } : {}),
    taxonomy: system.taxonomy ?? 'none',
    p50_ms: round(percentile(times, 50), 2),
    p95_ms: round(percentile(times, 95), 2),
  };
  const units = headline === 'loss' ? lossUnits : figures.map((ofQuery) => ({ value: ofQuery[headline], weight: 1 }));
  return { line, units };
}

function figuresOf(ids: readonly string[], grades: Grades, concepts?: ReadonlyMap<string, string>): QueryFigures {
  const figures: QueryFigures = {
    'nDCG@10': ndcgAt(10, ids, grades),
    MAP: averagePrecision(ids, grades),
    MRR: reciprocalRank(ids, grades),
    'R@100': recallAt(100, ids, grades),
    'RP@5': rPrecisionAt(5, ids, grades),
    'A@1': successAt(1, ids, grades),
    'A@10': successAt(10, ids, grades),
  };
  if (!concepts) return figures;
  const collapsed = collapse(ids, grades, concepts);
  return {
    ...figures,
    cMRR: reciprocalRank(collapsed.ids, collapsed.grades),
    'cA@10': successAt(10, collapsed.ids, collapsed.grades),
  };
}

function conceptsOf({ corpus }: RankingSet): Map<string, string> | undefined {
  const pairs = corpus.candidates.flatMap(({ id, concept }) => (concept ? [[id, concept] as const] : []));
  return pairs.length > 0 ? new Map(pairs) : undefined;
}

const round = (value: number, digits = 4) => Number(value.toFixed(digits));
