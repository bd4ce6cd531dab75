import { gramsOf, type NaceSector } from '#libs/competences';
import type { Lang, SubjectType } from '#libs/contracts';
import type { Frequencies } from '../frequency/frequencies.js';
import type { Evidence, Features } from '../index/features.js';

/** The groups of letters of some words, each once, and the length of their vector when each is weighed by its rarity. */
export interface Letters {
  grams: readonly number[];
  norm: number;
}

/** A piece of evidence ready to be compared. */
export interface LoadedEvidence extends Omit<Evidence, 'stems' | 'forms' | 'profile'> {
  stems: Evidence['stems'];
  /** Weight of each stem, as a vector of length 1: (1 + ln tf) × √idf. */
  words: ReadonlyMap<string, number>;
  /** Groups of letters of a short piece, and the length of their vector. */
  letters?: Letters;
  profile?: ReadonlyMap<string, number>;
  /** How surely this piece shows each competence. */
  shows: ReadonlyMap<string, number>;
}

/** That a subject has (or seeks) a competence: how surely by all evidence together, and the piece that shows it best. */
export interface Held {
  strength: number;
  evidence: LoadedEvidence;
  level: string | undefined;
}

/** One side of a subject: what it offers, or what it seeks. */
export interface Side {
  evidence: readonly LoadedEvidence[];
  held: ReadonlyMap<string, Held>;
}

/** A subject as the score sees it. */
export interface Candidate {
  type: SubjectType;
  id: string;
  revision: number;
  owner: string | null;
  country: string;
  territory: string | null;
  languages: readonly Lang[];
  sectors: readonly NaceSector[];
  served: readonly string[];
  offers: Side;
  seeks: Side;
  capacity: number | undefined;
  away: readonly { from: string; to: string }[];
  need: Features['need'];
  opportunity: Features['opportunity'];
}

export type CandidateRow = Pick<
  Candidate,
  'type' | 'id' | 'revision' | 'owner' | 'country' | 'territory' | 'languages'
> & {
  features: Features;
};

/** Prepares a stored row for scoring: looked up many times, built once. */
export function candidateOf({ features, ...row }: CandidateRow, frequencies: Frequencies): Candidate {
  return {
    ...row,
    sectors: features.sectors,
    served: features.served,
    offers: sideOf(features.evidence, frequencies),
    seeks: sideOf(features.seeks, frequencies),
    capacity: features.capacity,
    away: features.away ?? [],
    need: features.need,
    opportunity: features.opportunity,
  };
}

/** The words and letters of one piece of evidence, weighed by how rare they are now. */
export function loaded({ forms, profile, ...one }: Evidence, frequencies: Frequencies): LoadedEvidence {
  const weights = one.stems.map(([stem, count]) => (1 + Math.log(count)) * Math.sqrt(frequencies.word(one.lang, stem)));
  const norm = Math.hypot(...weights) || 1;
  return {
    ...one,
    words: new Map(one.stems.map(([stem], at) => [stem, weights[at]! / norm])),
    ...(forms ? { letters: lettersOf(forms, one.lang, frequencies) } : {}),
    ...(profile ? { profile: new Map(profile) } : {}),
    shows: new Map(one.concepts.map((concept) => [concept.id, concept.strength])),
  };
}

function lettersOf(forms: readonly string[], lang: Lang, frequencies: Frequencies): Letters {
  const seen = new Set<number>();
  for (const form of forms) for (const gram of gramsOf(form)) seen.add(gram);
  let sum = 0;
  for (const gram of seen) sum += frequencies.letters(lang, gram) ** 2;
  return { grams: [...seen], norm: Math.sqrt(sum) || 1 };
}

/** The candidate as if there were no other evidence. */
export function withOnly(
  candidate: Candidate,
  counts: (evidence: LoadedEvidence, candidate: Candidate) => boolean,
): Candidate {
  const only = (side: Side) => holding(side.evidence.filter((one) => counts(one, candidate)));
  return { ...candidate, offers: only(candidate.offers), seeks: only(candidate.seeks) };
}

function sideOf(list: readonly Evidence[], frequencies: Frequencies): Side {
  return holding(list.map((one) => loaded(one, frequencies)));
}

function holding(evidence: readonly LoadedEvidence[]): Side {
  const held = new Map<string, Held & { best: number }>();
  for (const one of evidence) {
    for (const { id, strength, level } of one.concepts) {
      const known = held.get(id);
      if (!known) held.set(id, { strength, best: strength, evidence: one, level });
      else {
        // Independent pieces of evidence: what is left in doubt shrinks with each.
        known.strength = 1 - (1 - known.strength) * (1 - strength);
        if (strength > known.best) Object.assign(known, { best: strength, evidence: one, level: level ?? known.level });
      }
    }
  }
  return { evidence, held };
}

/** What an answer says of a subject: the same facts as the filters go by, of sectors the division. */
export function foundSubject({ type, id, country, territory, languages, sectors }: Candidate) {
  const divisions = new Set(sectors.map(({ division }) => division));
  return { type, id, country, territory, languages: [...languages], sectors: [...divisions].sort() };
}
