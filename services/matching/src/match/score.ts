import { type Lang, SCORE_PARTS, type ScorePart } from '#libs/contracts';
import { DRAWBACKS, type LoadOf } from './availability.part.js';
import type { Candidate } from './candidate.js';
import { competenceValue, explainedShare, type Relations } from './competence.part.js';
import { contextContributions } from './context.part.js';
import { folded } from './folding.js';
import type { Need } from './need.js';
import { complementOf, soughtOfAsker } from './partner.part.js';
import type { Phrasing } from './phrasing.js';
import type { Weights } from './ranking.weights.js';
import { textValue } from './text.part.js';

/** One reason, worth `weight` of the score, without words yet. */
export interface Contribution {
  part: ScorePart;
  code: string;
  params: Record<string, unknown>;
  weight: number;
}

export interface Scored {
  score: number;
  /** Share of competences and text alone, 0..1: what context must never outweigh. */
  relevance: number;
  parts: Record<ScorePart, number>;
  /** What each part is worth before its weight; with the weights of the parts they add up to the score. */
  values: Record<ScorePart, number>;
  /** Greatest first; they add up to the score. What lowers it weighs less than nothing. */
  contributions: Contribution[];
  /** Ids of competences that the subject does not have. */
  missing: string[];
  /** Has a competence that is surely asked for, and surely. */
  firm: boolean;
}

export interface Scale {
  /** Rarity of a competence among the subjects that are searched. */
  rarity: (concept: string) => number;
  /** The need in the words of a language. */
  phrasings: (need: Need, lang: Lang) => Phrasing;
  relations: Relations;
  weights: Weights;
  /** What is known of experts' requests. */
  load: LoadOf;
  /** Day of asking, `YYYY-MM-DD`. */
  today: string;
}

/** How well a subject answers a need. Pure: the same input gives the same score, its parts, and the contributions that add up to it. */
export function score(need: Need, candidate: Candidate, scale: Scale): Scored {
  return weigh(need, candidate, scale).scored();
}

/** What decides whether a subject is an answer at all, and how far up it could stand: reasons and context are worked out for those who are shown. */
export interface Weighed extends Pick<Scored, 'relevance' | 'firm'> {
  /** No score can be greater. */
  most: number;
  scored(): Scored;
}

/** The first half of `score`, cheap enough for hundreds of subjects. */
export function weigh(need: Need, candidate: Candidate, scale: Scale): Weighed {
  const { weights } = scale;
  const competences = competenceValue(need, candidate, scale);
  const text = textValue(need, candidate[need.side].evidence, scale);
  // What the need's competences leave unsaid, its words have to say.
  const both = weights.parts.competences + weights.parts.text;
  const wordless = need.terms.length === 0;
  const explained =
    (need.profile ? weights.besideReference : 1) * Math.min(1, explainedShare(need) / weights.explained);
  const ofCompetences = wordless ? both * explained : weights.parts.competences * explained;
  const ofText = need.bothWays ? 1 - complementOf(need, weights) : 1;
  const competent = sum(competences.contributions.map((one) => one.weight));
  const forward = competent * ofCompetences + text.value * ofText * (both - ofCompetences);
  const back = soughtOfAsker(need, candidate.seeks, scale);
  // Who asks for something in particular is not helped by those who merely want something.
  const counts = need.bothWays || competences.contributions.length > 0 || forward / both >= weights.floor;
  const direct = counts ? back.contributions : [];
  const relevance = (forward + sum(direct.map((one) => one.weight * weights.parts[one.part]))) / both;
  const share = Math.min(1, relevance / weights.fullContext);
  return {
    relevance,
    firm: competences.firm || back.firm,
    most: relevance * both + share * (sum(Object.values(weights.parts)) - both),
    scored() {
      const context = contextContributions(need, candidate, scale).map((one) => ({
        ...one,
        weight: one.weight * weights.parts[one.part] * share,
      }));
      const worded = ofText * text.value;
      const forwards = {
        competences: wordless ? competent * explained : explained * competent + (1 - explained) * worded,
        text: wordless ? competent * explained : worded,
      };
      return {
        ...added([
          ...competences.contributions.map((one) => ({ ...one, weight: one.weight * ofCompetences })),
          ...text.contributions().map((one) => ({ ...one, weight: one.weight * ofText * (both - ofCompetences) })),
          ...direct.map((one) => ({ ...one, weight: one.weight * weights.parts[one.part] })),
          ...context,
        ]),
        values: valuesOf(forwards, direct, context, weights),
        relevance,
        missing: competences.missing,
        firm: competences.firm || back.firm,
      };
    },
  };
}

/** What each part's weight is multiplied by: where words speak for what competences leave unsaid, they do so with the weight of competences. */
function valuesOf(
  forwards: { competences: number; text: number },
  direct: readonly Contribution[],
  context: readonly Contribution[],
  { parts }: Weights,
): Record<ScorePart, number> {
  const values = { ...forwards, sector: 0, territory: 0, language: 0, availability: 0 };
  for (const { part, weight } of direct) values[part] += weight;
  for (const { part, weight } of context) if (parts[part] > 0) values[part] += weight / parts[part];
  for (const part of SCORE_PARTS) values[part] = rounded(values[part]);
  return values;
}

function added(all: Contribution[]): Pick<Scored, 'score' | 'parts' | 'contributions'> {
  const parts: Record<ScorePart, number> = {
    competences: 0,
    text: 0,
    sector: 0,
    territory: 0,
    language: 0,
    availability: 0,
  };
  const contributions = folded(all)
    .map((one) => ({ ...one, weight: rounded(one.weight) }))
    .filter((one) => one.weight > 0 || DRAWBACKS.has(one.code))
    .sort((a, b) => b.weight - a.weight || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  // Sums of the rounded figures, so that what is shown adds up to the last digit.
  for (const one of contributions) parts[one.part] = rounded(parts[one.part] + one.weight);
  return { score: rounded(sum(Object.values(parts))), parts, contributions };
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
