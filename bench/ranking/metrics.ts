import type { Ranked } from './system.js';

export type Grades = ReadonlyMap<string, number>;

/** Best first; equal scores by id, ascending, so that a figure never hangs on the order in which a system happens to answer. */
export function inOrder(ranked: readonly Ranked[]): string[] {
  return [...ranked].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)).map(({ id }) => id);
}

/** Gain 2^grade − 1, discount log2(rank + 1), divided by the same sum for the ideal order. */
export function ndcgAt(k: number, ids: readonly string[], grades: Grades): number {
  const sum = (values: readonly number[]) =>
    values.slice(0, k).reduce((total, grade, index) => total + (2 ** grade - 1) / Math.log2(index + 2), 0);
  const ideal = sum([...grades.values()].sort((a, b) => b - a));
  return ideal > 0 ? sum(ids.slice(0, k).map((id) => grades.get(id) ?? 0)) / ideal : 0;
}

/** The precision at each relevant candidate found, summed and divided by the number of all relevant ones. */
export function averagePrecision(ids: readonly string[], grades: Grades): number {
  let seen = 0;
  let sum = 0;
  for (const [index, id] of ids.entries()) if (isRelevant(grades, id)) sum += ++seen / (index + 1);
  return share(sum, relevantCount(grades));
}

/** 1 / rank of the first relevant candidate, 0 where none was found. */
export function reciprocalRank(ids: readonly string[], grades: Grades): number {
  const index = ids.findIndex((id) => isRelevant(grades, id));
  return index < 0 ? 0 : 1 / (index + 1);
}

/** Relevant among the first k, divided by all relevant ones. */
export const recallAt = (k: number, ids: readonly string[], grades: Grades): number =>
  share(relevantAmong(k, ids, grades), relevantCount(grades));

/** Relevant among the first k, divided by as many as could stand there. */
export const rPrecisionAt = (k: number, ids: readonly string[], grades: Grades): number =>
  share(relevantAmong(k, ids, grades), Math.min(k, relevantCount(grades)));

/** 1 where at least one relevant candidate is among the first k. */
export const successAt = (k: number, ids: readonly string[], grades: Grades): number =>
  relevantAmong(k, ids, grades) > 0 ? 1 : 0;

/** Ranking and judgments by concept: a concept stands at its best candidate and has the best grade of its candidates. */
export function collapse(
  ids: readonly string[],
  grades: Grades,
  conceptOf: ReadonlyMap<string, string>,
): { ids: string[]; grades: Grades } {
  const concept = (id: string) => conceptOf.get(id) ?? id;
  const best = new Map<string, number>();
  for (const [id, grade] of grades) best.set(concept(id), Math.max(grade, best.get(concept(id)) ?? 0));
  return { ids: [...new Set(ids.map(concept))], grades: best };
}

export const relevantCount = (grades: Grades): number => [...grades.values()].filter((grade) => grade > 0).length;

const isRelevant = (grades: Grades, id: string) => (grades.get(id) ?? 0) > 0;
const relevantAmong = (k: number, ids: readonly string[], grades: Grades) =>
  ids.slice(0, k).filter((id) => isRelevant(grades, id)).length;
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
