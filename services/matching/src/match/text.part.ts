import type { LoadedEvidence } from './candidate.js';
import type { Need } from './need.js';
import type { Contribution, Scale } from './score.js';
import { type Similarity, similarity } from './similarity.js';

/** Words of every field weigh less than this in a need, others more. */
const EVERYDAY = 0.5;

/** Concepts told of what two texts have in common in the imported taxonomy. */
const THROUGH = 5;

interface Met {
  evidence: LoadedEvidence;
  like: Similarity;
  value: number;
}

/**
 * How near the evidence is to the need, piece by piece: the nearest counts in full and each further one less, so that several works say more than one but
 * many far ones do not make a near one. Pieces that name the same thing count once. A value in 0..1, and one or two contributions a piece, whose weights add up to it.
 */
export function textValue(
  need: Need,
  evidence: readonly LoadedEvidence[],
  scale: Scale,
): { value: number; contributions(): Contribution[] } {
  const { weights, phrasings } = scale;
  const found: Met[] = [];
  const named = new Map<string, Met>();
  for (const one of evidence) {
    const like = similarity(need, phrasings(need, one.lang), one, weights);
    const value = like.wording + like.related;
    if (value < weights.textLeast || everydayAlone(need, like)) continue;
    const met = { evidence: one, like, value };
    if (one.of === undefined) found.push(met);
    else if ((named.get(one.of)?.value ?? 0) < value) named.set(one.of, met);
  }
  found.push(...named.values());
  if (found.length === 0) return { value: 0, contributions: () => [] };
  found.sort((a, b) => b.value - a.value || (a.evidence.id < b.evidence.id ? -1 : 1));
  let total = 0;
  for (const [place, one] of found.entries()) total += one.value * weights.furtherEvidence ** place;
  const value = 1 - Math.exp(-weights.textSteepness * total);
  return {
    value,
    contributions: () =>
      found.flatMap((met, place) => contributionsOf(need, met, (value / total) * weights.furtherEvidence ** place)),
  };
}

/** Whether all that is met are words of every field, where the need has others: they say nothing of its field. */
function everydayAlone({ terms }: Need, { met, meant, related }: Similarity): boolean {
  const found = [...met, ...meant];
  if (found.length === 0 || related > 0) return false;
  return found.every((at) => terms[at]!.weight < EVERYDAY) && terms.some(({ weight }) => weight >= EVERYDAY);
}

function contributionsOf(need: Need, { evidence, like }: Met, worth: number): Contribution[] {
  const { id, kind, title } = evidence;
  const wordsAt = (places: readonly number[]) => places.map((at) => need.terms[at]!.word);
  // A translation is no word in common; a name that stands in both languages is.
  const asItStands = (at: number) =>
    evidence.lang === need.lang || evidence.words.has(need.terms[at]!.abroad[evidence.lang] ?? '');
  const same = like.met.filter(asItStands);
  const words = wordsAt(same);
  const meant = wordsAt([...like.met.filter((at) => !same.includes(at)), ...like.meant]);
  const about = { evidence: { id, kind, title } };
  const made: Contribution[] = [];
  const weight = worth * like.wording;
  if (words.length > 0) {
    const params = { words, ...(meant.length > 0 ? { meant } : {}), ...about };
    made.push({ part: 'text', code: 'text-match', params, weight });
  } else if (meant.length > 0)
    made.push({ part: 'text', code: 'text-meant', params: { words: meant, ...about }, weight });
  else if (weight > 0) made.push({ part: 'text', code: 'text-alike', params: about, weight });
  if (like.related > 0) {
    const params = { through: nearest(need.profile!, evidence.profile!), ...about };
    made.push({ part: 'text', code: 'text-related', params, weight: worth * like.related });
  }
  return made;
}

/** The concepts that say most of what two profiles have in common, most first: several, since groups of a classification may have come without names. */
function nearest(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] {
  return [...a]
    .map(([id, weight]) => ({ id, shared: weight * (b.get(id) ?? 0) }))
    .filter(({ shared }) => shared > 0)
    .sort((one, other) => other.shared - one.shared || (one.id < other.id ? -1 : 1))
    .slice(0, THROUGH)
    .map(({ id }) => id);
}
