import type { LearningReport } from '#libs/contracts';
import { type Answer, comparisonsOf, needsOf } from './comparisons.js';
import { fitted } from './fit.js';
import { type Measured, measured, randomisationP, randomOf } from './measures.js';

const FOLDS = 5;
/** A new version must be better than chance by this. */
const SURE = 0.05;

type Weighting<Part extends string> = Record<Part, number>;

export interface Learned<Part extends string> {
  parts: Weighting<Part>;
  report: Omit<LearningReport, 'judged'>;
  better: boolean;
}

/**
 * Fits weights to answers and measures them against today's on needs they were not fitted on: each need is in one of five folds, and its answers are ordered by weights from
 * the other four. What is proposed is fitted on all. Pauses between the fits so that whoever else uses the process is not kept waiting. The seed decides everything that is random.
 */
export async function learn<Part extends string>(
  answers: readonly Answer[],
  today: Weighting<Part>,
  seed: number,
  pause: () => Promise<unknown>,
): Promise<Learned<Part>> {
  const names = Object.keys(today) as Part[];
  const prior = names.map((name) => today[name]);
  const random = randomOf(seed);
  const needs = [...needsOf(answers).values()];
  const folds = foldsOf(needs, random);
  const before: Measured[] = [];
  const after: Measured[] = [];
  for (const fold of folds) {
    await pause();
    const weights = fitted(comparisonsOf(folds.filter((other) => other !== fold).flat()), prior);
    for (const need of fold) {
      before.push(measured(need, prior));
      after.push(measured(need, weights));
    }
  }
  await pause();
  const compared = (of: keyof Measured) => {
    const mean = (list: readonly Measured[]) => list.reduce((sum, one) => sum + one[of], 0) / list.length;
    const p = randomisationP(
      after.map((one, at) => one[of] - before[at]![of]),
      random,
    );
    return { before: mean(before), after: mean(after), p };
  };
  const [ndcg10, mrr, pairwise] = [compared('ndcg10'), compared('mrr'), compared('pairwise')];
  const all = comparisonsOf(needs);
  const parts = rounded(names, fitted(all, prior));
  return {
    parts,
    better: ndcg10.after > ndcg10.before && ndcg10.p < SURE,
    report: {
      used: answers.length,
      needs: needs.length,
      comparisons: all.length,
      folds: folds.length,
      seed,
      ndcg10,
      mrr,
      pairwise,
      parts: { before: today, after: parts },
    },
  };
}

/** Needs dealt out to folds at random. */
function foldsOf<T>(needs: readonly T[], random: () => number): T[][] {
  const dealt = needs
    .map((need) => ({ need, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ need }) => need);
  return Array.from({ length: FOLDS }, (_, fold) => dealt.filter((_need, at) => at % FOLDS === fold));
}

/** Three decimals are all that answers can tell; the greatest takes what rounding leaves, so that the sum stays. */
function rounded<Part extends string>(names: readonly Part[], weights: readonly number[]): Weighting<Part> {
  const whole = weights.reduce((sum, one) => sum + one, 0);
  const short = weights.map((one) => Math.round(one * 1000) / 1000);
  const greatest = short.indexOf(Math.max(...short));
  const others = short.reduce((sum, one, at) => (at === greatest ? sum : sum + one), 0);
  short[greatest] = Math.round((whole - others) * 1000) / 1000;
  return Object.fromEntries(names.map((name, at) => [name, short[at]!])) as Weighting<Part>;
}
