import type { Analysis, RankedConcept } from '#libs/competences';
import type { Reading } from './reading.js';

/** Concepts that a text is taken to speak of. */
const CONCEPTS = 8;
/** Of two concepts the likelier one counts for more than its share. */
const POWER = 3;
/** What a text about a concept says about the wider one, and about the next wider. */
const WIDER = [0.5, 0.25];

/** The concepts of the imported taxonomy that a text speaks of and the wider ones, as a vector of length 1: two texts are near when theirs point the same way. */
export type Profile = [id: string, weight: number][];

/** Profile of a declared concept where the taxonomy knows its id, else of the words. Undefined when nothing was recognised or nothing is imported. */
export function profileOf(reading: Reading, id: string, analysis: Analysis): Profile | undefined {
  const { reference } = reading;
  return profileAround(reading, reference?.kind(id) ? [{ id, score: 1 }] : spokenOf(reading, analysis, CONCEPTS));
}

/** The concepts of the imported taxonomy that a text speaks of, best first. Empty without one. */
export function spokenOf({ reference }: Reading, analysis: Analysis, limit: number): RankedConcept[] {
  return reference?.rank(analysis, analysis.lang, { limit, kinds: ['skill', 'occupation', 'group'] }) ?? [];
}

/** Profile of a text that speaks of these concepts, as surely as their scores say. */
export function profileAround(
  { reference }: Reading,
  concepts: readonly Pick<RankedConcept, 'id' | 'score'>[],
): Profile | undefined {
  if (!reference) return undefined;
  const weights = new Map<string, number>();
  const add = (one: string, weight: number) => weights.set(one, (weights.get(one) ?? 0) + weight);
  for (const concept of concepts) {
    const weight = concept.score ** POWER;
    add(concept.id, weight);
    let wider = reference.broader(concept.id);
    for (const share of WIDER) {
      for (const one of wider) add(one, (weight * share) / wider.length);
      wider = wider.flatMap((one) => reference.broader(one));
    }
  }
  const norm = Math.hypot(...weights.values());
  if (norm === 0) return undefined;
  return [...weights].map(([one, weight]) => [one, Math.round((weight / norm) * 1000) / 1000]);
}
