import { Taxonomy } from '#libs/competences';
import type { Candidate, Held, Side } from './candidate.js';
import type { Need, WantedConcept } from './need.js';
import type { Contribution, Scale } from './score.js';

/** Nearness of competences, remembered: the same pairs come up for many candidates of one need. */
export class Relations {
  private readonly known = new Map<string, number>();

  of(a: string, b: string): number {
    if (a === b) return 1;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    let value = this.known.get(key);
    if (value === undefined) {
      value = Taxonomy.own().relation(a, b);
      if (this.known.size > 200_000) this.known.clear();
      this.known.set(key, value);
    }
    return value;
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
): { contributions: Contribution[]; missing: string[] } {
  const importance = need.concepts.map((concept) => concept.weight * rarity.concept(concept.id));
  const total = importance.reduce((all, one) => all + one, 0);
  const contributions: Contribution[] = [];
  const missing: string[] = [];
  let covered = 0;
  need.concepts.forEach((concept, at) => {
    const met = bestOf(concept.id, candidate[need.side], relations);
    if (!met || met.nearness < 1) missing.push(concept.id);
    if (!met) return;
    const weight = (importance[at]! * met.value) / total;
    covered += weight;
    contributions.push({ part: 'competences', ...described(concept, met), weight });
  });
  const wanted = need.own ? sought(need.own, candidate.seeks, relations) : undefined;
  if (wanted && covered > 0) {
    const weight = (1 - Math.min(1, covered)) * weights.complement * wanted.value;
    contributions.push({ part: 'competences', code: 'seeks-yours', params: { competences: wanted.ids }, weight });
  }
  return { contributions, missing };
}

function bestOf(wanted: string, side: Side, relations: Relations): Met | undefined {
  const same = side.held.get(wanted);
  let best: Met | undefined = same && { value: same.strength, nearness: 1, by: wanted, held: same };
  for (const [by, held] of side.held) {
    const nearness = relations.of(wanted, by);
    if (nearness * held.strength > (best?.value ?? 0)) best = { value: nearness * held.strength, nearness, by, held };
  }
  return best;
}

function described(concept: WantedConcept, met: Met): Pick<Contribution, 'code' | 'params'> {
  const { id, kind, title } = met.held.evidence;
  const params = {
    competence: concept.id,
    words: concept.words,
    evidence: { id, kind, title },
    ...(met.held.level ? { level: met.held.level } : {}),
  };
  if (met.nearness === 1) return { code: 'competence-match', params };
  return { code: 'competence-near', params: { ...params, by: met.by } };
}

/** What the other side seeks and the asking firm has: mean over what it seeks. */
function sought(
  own: ReadonlyMap<string, Held>,
  seeks: Side,
  relations: Relations,
): { value: number; ids: string[] } | undefined {
  if (own.size === 0 || seeks.held.size === 0) return undefined;
  let value = 0;
  const ids: string[] = [];
  for (const wanted of seeks.held.keys()) {
    let best = 0;
    for (const [id, held] of own) best = Math.max(best, relations.of(wanted, id) * held.strength);
    if (best >= 0.5) ids.push(wanted);
    value += best;
  }
  return ids.length > 0 ? { value: value / seeks.held.size, ids } : undefined;
}
