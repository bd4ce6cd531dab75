import type { Answer } from './comparisons.js';

/** From this label on an answer counts as a good one for MRR. */
const GOOD = 0.5;
const DEPTH = 10;

export interface Measured {
  ndcg10: number;
  mrr: number;
  pairwise: number;
}

/** How well weights put the judged answers to one need in order: means over its lists (experts, partner firms). */
export function measured(lists: readonly (readonly Answer[])[], weights: readonly number[]): Measured {
  const all = lists.map((list) => {
    const scored = list.map(({ id, label, values }) => ({
      id,
      label,
      score: values.reduce((sum, value, at) => sum + value * weights[at]!, 0),
    }));
    scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return { ndcg10: ndcg(scored), mrr: reciprocal(scored), pairwise: rightOrder(scored) };
  });
  const mean = (of: keyof Measured) => all.reduce((sum, one) => sum + one[of], 0) / all.length;
  return { ndcg10: mean('ndcg10'), mrr: mean('mrr'), pairwise: mean('pairwise') };
}

interface Scored {
  label: number;
  score: number;
}

function ndcg(ordered: readonly Scored[]): number {
  const gain = (list: readonly Scored[]) =>
    list.slice(0, DEPTH).reduce((sum, one, at) => sum + one.label / Math.log2(at + 2), 0);
  return gain(ordered) / gain(ordered.toSorted((a, b) => b.label - a.label));
}

function reciprocal(ordered: readonly Scored[]): number {
  const first = ordered.findIndex((one) => one.label >= GOOD);
  return first < 0 ? 0 : 1 / (first + 1);
}

/** Share of the pairs with different labels that are in the right order; equal scores count half. */
function rightOrder(list: readonly Scored[]): number {
  let [all, right] = [0, 0];
  for (const better of list)
    for (const worse of list) {
      if (better.label <= worse.label) continue;
      all++;
      right += better.score > worse.score ? 1 : better.score === worse.score ? 0.5 : 0;
    }
  return right / all;
}

/** Numbers in [0, 1) that the seed (a positive 32-bit integer) alone decides. Xorshift with Marsaglia's shifts (2003). */
export function randomOf(seed: number): () => number {
  let state = seed | 0;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // Small seeds need some turns until all bits have their say.
  for (let turn = 0; turn < 20; turn++) next();
  return next;
}

const TURNS = 10_000;

/** How likely a mean difference at least as great, in either direction, would be if the two did not differ: signs turned at random. In (0, 1]. */
export function randomisationP(differences: readonly number[], random: () => number): number {
  const real = differences.filter((one) => one !== 0);
  const observed = Math.abs(real.reduce((sum, one) => sum + one, 0));
  let asGreat = 1;
  for (let turn = 0; turn < TURNS; turn++) {
    let total = 0;
    for (const one of real) total += random() < 0.5 ? one : -one;
    // Sums in another order differ in the last digits.
    if (Math.abs(total) >= observed - 1e-12) asGreat++;
  }
  return asGreat / (TURNS + 1);
}
