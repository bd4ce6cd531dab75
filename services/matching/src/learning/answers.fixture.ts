import { WEIGHTS } from '../match/ranking.weights.js';
import type { Answer } from './comparisons.js';
import { randomOf } from './measures.js';

export const PARTS = Object.keys(WEIGHTS.parts) as (keyof typeof WEIGHTS.parts)[];
export type Parts = Record<(typeof PARTS)[number], number>;

/** Weights under which place counts far more than today. */
export const PLACE_COUNTS: Parts = {
  competences: 0.25,
  text: 0.2,
  sector: 0.07,
  territory: 0.41,
  language: 0.04,
  availability: 0.03,
};

const EACH = 6;
/** Odds with which a better one is judged so. */
const STEEP = 15;

/** Invented answers: of many subjects the best six by today's weights are suggested for each need, and judged by what would be right, with chance in it. */
export function inventedAnswers(needs: number, right: Parts, seed: number): Answer[] {
  const random = randomOf(seed);
  const scoreBy = (weights: Parts, values: readonly number[]) =>
    PARTS.reduce((sum, part, at) => sum + weights[part] * values[at]!, 0);
  const answers: Answer[] = [];
  for (let need = 0; need < needs; need++) {
    const known = Array.from({ length: EACH * 3 }, () => PARTS.map(() => random()));
    const shown = known
      .sort((a, b) => scoreBy(WEIGHTS.parts, b) - scoreBy(WEIGHTS.parts, a))
      .slice(0, EACH)
      .map((values) => ({ values, worth: scoreBy(right, values) }));
    const usual = shown.reduce((sum, one) => sum + one.worth, 0) / EACH;
    for (const { values, worth } of shown) {
      const fits = random() < 1 / (1 + Math.exp(-STEEP * (worth - usual)));
      answers.push({
        need: `need-${need}`,
        list: 'expert',
        id: `subject-${answers.length}`,
        label: fits ? 0.8 : 0,
        values,
      });
    }
  }
  return answers;
}
