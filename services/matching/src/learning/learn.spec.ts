import { describe, expect, it } from '@jest/globals';
import { WEIGHTS } from '../match/ranking.weights.js';
import { inventedAnswers, PARTS, PLACE_COUNTS } from './answers.fixture.js';
import { comparisonsOf, needsOf } from './comparisons.js';
import { fitted } from './fit.js';
import { labelOf } from './labels.js';
import { learn } from './learn.js';
import { measured, randomisationP, randomOf } from './measures.js';

const TODAY = { ...WEIGHTS.parts };
const noPause = async () => undefined;

describe('Learning from answers', () => {
  it('finds a weighting by which people answer, and is sure of it', async () => {
    const { parts, report, better } = await learn(inventedAnswers(80, PLACE_COUNTS, 7), TODAY, 1, noPause);
    expect(better).toBe(true);
    expect(parts.territory).toBeGreaterThan(0.25);
    expect(parts.competences).toBeLessThan(0.35);
    expect(report).toMatchObject({ used: 480, needs: expect.any(Number), folds: 5, seed: 1 });
    expect(report.ndcg10.after).toBeGreaterThan(report.ndcg10.before + 0.05);
    expect(report.ndcg10.p).toBeLessThan(0.01);
    expect(report.pairwise.after).toBeGreaterThan(report.pairwise.before);
    expect(report.mrr.after).toBeGreaterThan(report.mrr.before);
  });

  it('sees nothing to better where people answer as today’s weights rank, whatever the chance in it', async () => {
    let found = 0;
    for (let seed = 1; seed <= 20; seed++)
      if ((await learn(inventedAnswers(60, TODAY, seed * 101), TODAY, seed, noPause)).better) found++;
    // One in twenty would be right by the level of the test alone.
    expect(found).toBeLessThanOrEqual(1);
  });

  it('gives weights of which none is negative and whose sum is that of today', async () => {
    const contrary = { ...PLACE_COUNTS, language: -0.5, territory: 0.9 };
    const { parts } = await learn(inventedAnswers(60, contrary, 3), TODAY, 1, noPause);
    expect(parts.language).toBe(0);
    expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
    expect(Object.values(parts).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
  });

  it('comes to the same figures again with the same seed, in whatever order the answers come', async () => {
    const answers = inventedAnswers(40, PLACE_COUNTS, 5);
    const first = await learn(answers, TODAY, 9, noPause);
    expect(await learn(answers.toReversed(), TODAY, 9, noPause)).toEqual(first);
    expect((await learn(answers, TODAY, 10, noPause)).report.ndcg10).not.toEqual(first.report.ndcg10);
  });

  it('judges weights on needs that they were not fitted on', async () => {
    // Six answers a need and no rule behind them: what is fitted on the same needs looks better, on others it is not.
    const random = randomOf(11);
    const answers = inventedAnswers(25, TODAY, 11).map((one) => ({ ...one, label: random() < 0.5 ? 0.8 : 0 }));
    const { report, better } = await learn(answers, TODAY, 1, noPause);
    const needs = [...needsOf(answers).values()];
    const prior = PARTS.map((part) => TODAY[part]);
    const flattering = fitted(comparisonsOf(needs), prior);
    const mean = (weights: number[]) =>
      needs.reduce((sum, need) => sum + measured(need, weights).ndcg10, 0) / needs.length;
    expect(mean(flattering)).toBeGreaterThan(report.ndcg10.after);
    expect(better).toBe(false);
  });

  it('is not carried away by a few answers, and follows many', () => {
    const today = [0.45, 0.35, 0.2];
    const agreeing = (needs: number) =>
      fitted(
        Array.from({ length: needs }, () => ({ difference: [-0.2, 0, 0.3], weight: 1 })),
        today,
      )[2]!;
    expect(agreeing(1)).toBeLessThan(0.22);
    expect(agreeing(5)).toBeLessThan(0.27);
    expect(agreeing(200)).toBeGreaterThan(0.4);
  });

  it('moves nothing that the answers say nothing of', () => {
    const today = [0.45, 0.35, 0.2];
    expect(fitted([], today).map((weight) => Math.round(weight * 1e9) / 1e9)).toEqual(today);
    // Nobody differs in the last part.
    const all = Array.from({ length: 50 }, () => ({ difference: [-0.3, 0.5, 0], weight: 1 }));
    const [competences, text, sector] = fitted(all, today);
    expect(text! / competences!).toBeGreaterThan(0.35 / 0.45);
    expect(sector! / (competences! + text!)).toBeCloseTo(0.2 / 0.8, 1);
  });
});

describe('The measures of learning', () => {
  const answer = (id: string, label: number, value: number) => ({
    need: 'n',
    list: 'expert',
    id,
    label,
    values: [value],
  });

  it('agree with figures worked out by hand', () => {
    const list = [answer('a', 0, 0.9), answer('b', 1, 0.5), answer('c', 0.8, 0.1)];
    const found = measured([list], [1]);
    const ideal = 1 + 0.8 / Math.log2(3);
    expect(found.ndcg10).toBeCloseTo((1 / Math.log2(3) + 0.8 / 2) / ideal, 12);
    expect(found.mrr).toBe(0.5);
    expect(found.pairwise).toBeCloseTo(1 / 3, 12);
  });

  it('call a difference likely that goes both ways and unlikely that goes one way', () => {
    const mixed = Array.from({ length: 40 }, (_, at) => (at % 2 ? 0.1 : -0.1));
    expect(randomisationP(mixed, randomOf(1))).toBeGreaterThan(0.9);
    expect(randomisationP(Array(40).fill(0.1), randomOf(1))).toBeLessThan(0.001);
    // Two needs can be right by chance half of the time.
    expect(randomisationP([0.3, 0.3], randomOf(1))).toBeCloseTo(0.5, 1);
    expect(randomisationP([0, 0], randomOf(1))).toBe(1);
  });

  it('compare within one list of one need, each need counting the same', () => {
    const answers = [
      answer('a', 1, 0.5),
      answer('b', 0, 0.25),
      { ...answer('c', 1, 1), list: 'company' },
      { ...answer('d', 1, 1), need: 'm' },
      { ...answer('e', 0, 0.5), need: 'm' },
      { ...answer('f', 0, 0), need: 'm' },
      { ...answer('g', 1, 0), need: 'all-alike' },
    ];
    const needs = needsOf(answers);
    expect([...needs.keys()]).toEqual(['m', 'n']);
    expect(comparisonsOf(needs.values())).toEqual([
      { difference: [0.5], weight: 0.5 },
      { difference: [1], weight: 0.5 },
      { difference: [0.25], weight: 1 },
    ]);
  });
});

describe('The label of an answer', () => {
  it('is about fit, or there is none', () => {
    expect(labelOf('agreed', null)).toBe(1);
    expect(labelOf('accepted', null)).toBe(0.8);
    expect(labelOf('declined', 'not-my-field')).toBe(0);
    expect(labelOf('dismissed', 'wrong-territory-or-language')).toBe(0);
    expect(labelOf('dismissed', null)).toBe(0.2);
    expect(labelOf('declined', null)).toBeNull();
    for (const reason of ['no-capacity', 'conflict-of-interest', 'too-early', 'commercial-terms', 'other'] as const)
      expect(labelOf('declined', reason)).toBeNull();
    expect(labelOf('dismissed', 'unclear-description')).toBeNull();
  });
});
