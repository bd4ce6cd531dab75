import type { LoadedEvidence, Side } from './candidate.js';
import type { Relations } from './competence.part.js';
import type { Need } from './need.js';
import type { Weights } from './ranking.weights.js';
import type { Contribution, Scale } from './score.js';

/** What is sought and offered resembles less than this: chance. */
const FIT_LEAST = 0.3;
/** From this likeness on, of words or of what they mean in the imported taxonomy, two names mean the same. */
const SAME_NAME = 0.5;

/** Share that a partner earns by seeking what the asking firm offers: of the competence part, and where firms are compared as they are of the text part too. */
export function complementOf({ own, bothWays }: Need, weights: Weights): number {
  if (!own?.evidence.length) return 0;
  return bothWays ? weights.bothWays : weights.complement;
}

/** What a firm seeks, and how surely the asking firm has it: by the competence, and by the words or what both mean in the imported taxonomy. */
interface Wanted {
  name: string;
  competence: number;
  wording: number;
  /** Names competences; if not, its words say all of it. */
  known: boolean;
}

/**
 * The other direction of a partnership: how much of what the subject seeks the asking firm offers, as a mean over all that it seeks. Weights in 0..1 of the
 * part they belong to; `firm` where something that is sought is surely there.
 */
export function soughtOfAsker(
  need: Need,
  seeks: Side,
  { relations, weights }: Scale,
): { contributions: Contribution[]; firm: boolean } {
  const complement = complementOf(need, weights);
  const own = need.own;
  if (complement === 0 || !own || seeks.evidence.length === 0) return { contributions: [], firm: false };
  const wanted = new Map<string, Wanted>();
  for (const one of seeks.evidence) {
    const key = one.of ?? one.id;
    const known = wanted.get(key);
    wanted.set(key, {
      name: one.of ?? one.title ?? '',
      competence: Math.max(known?.competence ?? 0, competenceIn(one, own, relations, weights)),
      wording: Math.max(known?.wording ?? 0, wordingIn(one, own)),
      known: known?.known || one.concepts.length > 0,
    });
  }
  const all = [...wanted.values()];
  const contributions: Contribution[] = [];
  const alone = (weights.parts.competences + weights.parts.text) / weights.parts.text;
  const add = (part: 'competences' | 'text', code: string, fit: (one: Wanted) => number, least: number) => {
    const met = all.filter((one) => fit(one) >= least).sort((a, b) => fit(b) - fit(a));
    if (met.length === 0) return;
    const value = met.reduce((sum, one) => sum + fit(one) * (one.known ? 1 : alone), 0) / all.length;
    contributions.push({
      part,
      code,
      params: { competences: met.map(({ name }) => name) },
      weight: complement * value,
    });
  };
  add('competences', 'seeks-yours', (one) => one.competence, FIT_LEAST);
  // Beside a need in words the words of what others want are not what is asked.
  if (need.bothWays) add('text', 'seeks-yours-in-words', (one) => one.wording, SAME_NAME);
  const surely = all.some((one) => Math.max(one.competence, one.wording) >= weights.firm.strength);
  return { contributions, firm: need.bothWays && surely };
}

function competenceIn(wanted: LoadedEvidence, own: Side, relations: Relations, weights: Weights): number {
  let best = 0;
  for (const { id, strength } of wanted.concepts) {
    const sure = Math.min(1, strength / weights.surelyShown);
    for (const [other, nearness] of relations.near(id)) {
      const held = own.held.get(other);
      if (held) best = Math.max(best, sure * nearness * held.strength);
    }
  }
  return best;
}

function wordingIn(wanted: LoadedEvidence, own: Side): number {
  let best = 0;
  for (const one of own.evidence) {
    if (one.lang === wanted.lang) best = Math.max(best, product(wanted.words, one.words));
    if (wanted.profile && one.profile) best = Math.max(best, product(wanted.profile, one.profile));
  }
  return best;
}

function product(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [key, weight] of a) sum += weight * (b.get(key) ?? 0);
  return Math.min(1, sum);
}
