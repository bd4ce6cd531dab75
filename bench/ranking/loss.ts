import type { Grades } from './metrics.js';

/** What one reviewer adds to the loss: `lost` of the `weight` of his pairs. */
export interface PairLoss {
  lost: number;
  weight: number;
}

/** query → candidate → score. A missing score is 0: nothing spoke for the pair. */
export type Scores = ReadonlyMap<string, Grades>;

/**
 * The pairwise loss of Stelmakh et al. (arXiv:2303.16750), one entry a candidate: over the unordered pairs of queries that the candidate has graded
 * differently, the difference of the grades counts in full when the scores order the pair the other way round, and half when they are equal.
 * With several samples the mean over them. The loss of a set is the sum of `lost` over the sum of `weight`: pooled, not averaged per reviewer.
 */
export function pairLosses(grades: ReadonlyMap<string, Grades>, samples: readonly Scores[]): Map<string, PairLoss> {
  const graded = new Map<string, [query: string, grade: number][]>();
  for (const [query, ofQuery] of grades)
    for (const [candidate, grade] of ofQuery)
      graded.set(candidate, [...(graded.get(candidate) ?? []), [query, grade] as [string, number]]);
  return new Map(
    [...graded].map(([candidate, papers]) => {
      const losses = samples.map((scores) => lossOf(papers, (query) => scores.get(query)?.get(candidate) ?? 0));
      const lost = losses.reduce((sum, loss) => sum + loss.lost, 0) / samples.length;
      return [candidate, { lost, weight: losses[0]?.weight ?? 0 }];
    }),
  );
}

function lossOf(papers: readonly [query: string, grade: number][], scoreOf: (query: string) => number): PairLoss {
  let lost = 0;
  let weight = 0;
  for (const [index, [query, grade]] of papers.entries()) {
    for (const [other, otherGrade] of papers.slice(index + 1)) {
      const apart = Math.abs(grade - otherGrade);
      if (apart === 0) continue;
      weight += apart;
      const agreement = (scoreOf(query) - scoreOf(other)) * (grade - otherGrade);
      if (agreement === 0) lost += apart / 2;
      else if (agreement < 0) lost += apart;
    }
  }
  return { lost, weight };
}
