import type { Comparison } from './comparisons.js';

/** How strongly today's weights hold back: about so many needs must agree before a weight moves far. */
const HOLD = 60;
const ROUNDS = 50;
const DONE = 1e-7;
/** By how much a greater score is taken to be the better answer, at least and at most: e^(scale · difference) are the odds. */
const SCALE = { least: 5, most: 60 };

/**
 * Weights of a linear score, none below 0, with the same sum as `prior`. Logistic regression on comparisons (Bradley–Terry): the odds that the better of two answers is
 * judged so are e^(w·difference); squared distance from the prior, not from 0, is what it costs, so that nothing moves that the answers say nothing of. Convex, solved by
 * Newton's method with the bound kept in each step. Pure.
 */
export function fitted(comparisons: readonly Comparison[], prior: readonly number[]): number[] {
  const scale = scaleOf(comparisons, prior);
  const problem: Problem = { comparisons, prior: prior.map((one) => one * scale), hold: HOLD / scale ** 2 };
  let weights = [...problem.prior];
  for (let round = 0; round < ROUNDS; round++) {
    const { gradient, hessian } = slopes(problem, weights);
    const step = boundedStep(weights, gradient, hessian);
    const next = descended(problem, weights, step, gradient);
    const moved = Math.max(...next.map((one, at) => Math.abs(one - weights[at]!)));
    weights = next;
    if (moved < DONE * scale) break;
  }
  const total = sum(weights);
  const whole = sum(prior);
  return total > 0 ? weights.map((one) => (one * whole) / total) : [...prior];
}

interface Problem {
  comparisons: readonly Comparison[];
  prior: readonly number[];
  hold: number;
}

function cost({ comparisons, prior, hold }: Problem, weights: readonly number[]): number {
  let total = 0;
  for (const { difference, weight } of comparisons) total += weight * softplus(-dot(weights, difference));
  for (let at = 0; at < weights.length; at++) total += (hold / 2) * (weights[at]! - prior[at]!) ** 2;
  return total;
}

function slopes({ comparisons, prior, hold }: Problem, weights: readonly number[]) {
  const gradient = weights.map((one, at) => hold * (one - prior[at]!));
  const hessian = weights.map((_, row) => weights.map((_, column) => (row === column ? hold : 0)));
  for (const { difference, weight } of comparisons) {
    const wrong = 1 / (1 + Math.exp(dot(weights, difference)));
    const curve = weight * wrong * (1 - wrong);
    for (let row = 0; row < weights.length; row++) {
      gradient[row]! -= weight * wrong * difference[row]!;
      for (let column = 0; column < weights.length; column++)
        hessian[row]![column]! += curve * difference[row]! * difference[column]!;
    }
  }
  return { gradient, hessian };
}

/** The step that is best by the second-order picture among those that leave no weight below 0: coordinate by coordinate until nothing moves. */
function boundedStep(weights: readonly number[], gradient: readonly number[], hessian: readonly number[][]): number[] {
  const step = weights.map(() => 0);
  for (let round = 0; round < 200; round++) {
    let moved = 0;
    for (let at = 0; at < step.length; at++) {
      const slope = gradient[at]! + dot(hessian[at]!, step);
      const next = Math.max(-weights[at]!, step[at]! - slope / hessian[at]![at]!);
      moved = Math.max(moved, Math.abs(next - step[at]!));
      step[at] = next;
    }
    if (moved < 1e-10) break;
  }
  return step;
}

/** As far along the step as it goes down. */
function descended(
  problem: Problem,
  weights: readonly number[],
  step: readonly number[],
  gradient: readonly number[],
): number[] {
  const before = cost(problem, weights);
  const slope = dot(gradient, step);
  for (let part = 1; part > 1e-4; part /= 2) {
    const next = weights.map((one, at) => Math.max(0, one + part * step[at]!));
    if (cost(problem, next) <= before + 1e-4 * part * slope) return next;
  }
  return [...weights];
}

/** How surely today's score tells better from worse: the likeliest scale, by golden section. */
function scaleOf(comparisons: readonly Comparison[], prior: readonly number[]): number {
  const scores = comparisons.map((one) => ({ difference: [dot(prior, one.difference)], weight: one.weight }));
  const costAt = (logScale: number) => cost({ comparisons: scores, prior: [0], hold: 0 }, [Math.exp(logScale)]);
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(SCALE.least), Math.log(SCALE.most)];
  while (high - low > 1e-3) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (costAt(left) <= costAt(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

function dot(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += a[at]! * b[at]!;
  return total;
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}
