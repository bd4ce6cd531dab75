import { Taxonomy } from '#libs/competences';
import type { Candidate, Held, Side } from './candidate.js';
import type { Need } from './need.js';
import { complementOf } from './partner.part.js';
import type { Weights } from './ranking.weights.js';
import type { Contribution, Scale } from './score.js';
import type { NeedConcept } from './understanding.js';

/** The competences near to one, with their nearness; remembered, since every need asks for the same few hundred. */
export class Relations {
  private readonly known = new Map<string, ReadonlyMap<string, number>>();

  near(id: string): ReadonlyMap<string, number> {
    let near = this.known.get(id);
    if (!near) {
      const taxonomy = Taxonomy.own();
      const all = taxonomy.concepts().map((one) => [one.id, taxonomy.relation(id, one.id)] as const);
      near = new Map(all.filter(([, nearness]) => nearness > 0));
      this.known.set(id, near);
    }
    return near;
  }
}

interface Met {
  value: number;
  nearness: number;
  by: string;
  held: Held;
}

/** Share (0..1) of the competences asked for that the subject has or nearly has, by their weight and rarity; `weight` of a contribution is its share. */
export function competenceValue(
  need: Need,
  candidate: Candidate,
  { rarity, relations, weights }: Scale,
): { contributions: Contribution[]; missing: string[]; firm: boolean } {
  const importance = need.concepts.map((concept) => concept.weight * rarity(concept.id) ** weights.conceptRarity);
  const total = importance.reduce((all, one) => all + one, 0);
  const contributions: Contribution[] = [];
  const missing: string[] = [];
  let firm = false;
  // Where both could give and take, fitting in one direction alone is not the whole.
  const share = 1 - complementOf(need, weights);
  need.concepts.forEach((concept, at) => {
    const met = bestOf(concept.id, candidate[need.side], relations, weights);
    if (!met || met.nearness < 1) missing.push(concept.id);
    if (!met) return;
    firm ||= met.nearness === 1 && met.held.strength >= weights.firm.strength && concept.weight >= weights.firm.asked;
    const weight = (share * importance[at]! * met.value) / total;
    contributions.push({ part: 'competences', ...described(concept, met, need.alike), weight });
  });
  return { contributions, missing, firm };
}

/**
 * How much of what the need says its competences say as well (0..1): «soft robotics» is more than robotics. Competences that were given instead of found say
 * all. Rarity has no say here: in an index of mostly English evidence every German word is rare.
 */
export function explainedShare({ concepts, terms }: Need): number {
  if (concepts.length === 0) return 0;
  const led = new Set(terms.flatMap((term) => term.concepts));
  if (terms.length === 0 || led.size < concepts.length) return 1;
  let all = 0;
  let explained = 0;
  for (const { weight, concepts } of terms) {
    all += weight;
    if (concepts.length > 0) explained += weight;
  }
  return explained / all;
}

function bestOf(wanted: string, side: Side, relations: Relations, weights: Weights): Met | undefined {
  const steepness = weights.competenceSteepness;
  const worthOf = (strength: number) => (1 - Math.exp(-steepness * strength)) / (1 - Math.exp(-steepness));
  const same = side.held.get(wanted);
  let best: Met | undefined = same && { value: worthOf(same.strength), nearness: 1, by: wanted, held: same };
  const near = relations.near(wanted);
  for (const [by, held] of side.held) {
    const nearness = near.get(by);
    if (nearness === undefined || nearness === 1) continue;
    const value = nearness ** weights.nearnessPower * worthOf(held.strength);
    if (value > (best?.value ?? 0)) best = { value, nearness, by, held };
  }
  return best;
}

function described(concept: NeedConcept, met: Met, alike: boolean): Pick<Contribution, 'code' | 'params'> {
  const { id, kind, title } = met.held.evidence;
  const params = {
    competence: concept.id,
    words: concept.words,
    evidence: { id, kind, title },
    ...(met.held.level ? { level: met.held.level } : {}),
  };
  if (met.nearness === 1) return { code: alike ? 'competence-shared' : 'competence-match', params };
  return { code: 'competence-near', params: { ...params, by: met.by } };
}
