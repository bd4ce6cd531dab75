import type { NaceSector } from '#libs/competences';
import type { Lang, SubjectType } from '#libs/contracts';
import type { Evidence, Features } from '../index/features.js';

/** A piece of evidence with its stems ready to be looked up. */
export interface LoadedEvidence extends Omit<Evidence, 'stems'> {
  stems: ReadonlyMap<string, number>;
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
export function candidateOf({ features, ...row }: CandidateRow): Candidate {
  return {
    ...row,
    sectors: features.sectors,
    served: features.served,
    offers: sideOf(features.evidence),
    seeks: sideOf(features.seeks),
    capacity: features.capacity,
    away: features.away ?? [],
    need: features.need,
    opportunity: features.opportunity,
  };
}

function sideOf(list: readonly Evidence[]): Side {
  const evidence = list.map(
    (one): LoadedEvidence => ({
      ...one,
      stems: new Map(one.stems),
      shows: new Map(one.concepts.map((concept) => [concept.id, concept.strength])),
    }),
  );
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
