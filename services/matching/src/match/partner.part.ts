import type { LoadedEvidence, Side } from './candidate.js';
import type { Relations } from './competence.part.js';
import type { Need } from './need.js';
import type { Weights } from './ranking.weights.js';
import type { Contribution, Scale } from './score.js';

/** What is sought and offered resembles less than this: chance. */
const FIT_LEAST = 0.3;
/** From this likeness of words or of the imported taxonomy's concepts on, two names mean the same. */
const SAME_NAME = 0.5;

/** Share of the competence part that a partner earns by seeking what the asking firm offers. */
export function complementOf({ own, bothWays }: Need, weights: Weights): number {
  if (!own?.evidence.length) return 0;
  return bothWays ? weights.bothWays : weights.complement;
}

/**
 * The other direction of a partnership: how much of what the subject seeks the asking firm offers, as a mean over all that it seeks. Weight in 0..1 of the
 * competence part; `firm` where something that is sought is surely there.
 */
export function soughtOfAsker(
  need: Need,
  seeks: Side,
  { relations, weights }: Scale,
): { contribution: Contribution; firm: boolean } | undefined {
  const complement = complementOf(need, weights);
  if (complement === 0 || seeks.evidence.length === 0) return undefined;
  const wanted = new Map<string, { name: string; fit: number }>();
  for (const one of seeks.evidence) {
    const key = one.of ?? one.id;
    const fit = fitOf(one, need.own!, relations, weights);
    if (fit >= (wanted.get(key)?.fit ?? 0)) wanted.set(key, { name: one.of ?? one.title ?? '', fit });
  }
  const met = [...wanted.values()].filter(({ fit }) => fit >= FIT_LEAST).sort((a, b) => b.fit - a.fit);
  if (met.length === 0) return undefined;
  const value = met.reduce((sum, { fit }) => sum + fit, 0) / wanted.size;
  const params = { competences: met.map(({ name }) => name) };
  const contribution = { part: 'competences' as const, code: 'seeks-yours', params, weight: complement * value };
  return { contribution, firm: need.bothWays && met[0]!.fit >= weights.firm.strength };
}

/** How surely an offer answers one thing that is sought: by the competence, by the words, or by what both are in the imported taxonomy. */
function fitOf(wanted: LoadedEvidence, own: Side, relations: Relations, weights: Weights): number {
  let best = 0;
  for (const { id, strength } of wanted.concepts) {
    const sure = Math.min(1, strength / weights.surelyShown);
    for (const [other, nearness] of relations.near(id)) {
      const held = own.held.get(other);
      if (held) best = Math.max(best, sure * nearness * held.strength);
    }
  }
  for (const one of own.evidence) {
    const likeness = Math.max(
      one.lang === wanted.lang ? product(wanted.words, one.words) : 0,
      wanted.profile && one.profile ? product(wanted.profile, one.profile) : 0,
    );
    if (likeness >= SAME_NAME) best = Math.max(best, likeness * weights.alias);
  }
  return best;
}

function product(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [key, weight] of a) sum += weight * (b.get(key) ?? 0);
  return Math.min(1, sum);
}
