import type { RankingSet } from './set.js';

/** Metrics of every set, in the order in which they are printed. */
export const METRICS = ['nDCG@10', 'MAP', 'MRR', 'R@100', 'RP@5', 'A@1', 'A@10'] as const;
export type Metric = (typeof METRICS)[number];
export type Headline = Metric | 'loss';

/**
 * The figure that decides: the loss where the set has profiles; else the metric that the set's own README names first in the sentence that says «headline»;
 * else nDCG@10, which reads grades and needs no particular shape.
 */
export function headlineOf({ corpus, readme }: RankingSet): Headline {
  if (corpus.profiles) return 'loss';
  for (const sentence of (readme ?? '').split(/\n|(?<=[.;])\s/)) {
    if (!/headline/i.test(sentence)) continue;
    const named = METRICS.map((metric) => ({ metric, at: sentence.search(new RegExp(`(?<!\\w)${metric}(?!\\w)`)) }));
    const [first] = named.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at);
    if (first) return first.metric;
  }
  return 'nDCG@10';
}
