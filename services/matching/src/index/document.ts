import type { Settings } from 'meilisearch';
import { Taxonomy } from '#libs/competences';
import type { Lang } from '#libs/contracts';
import type { Features } from './features.js';

/** What Meilisearch holds of a subject: enough to find it, nothing to read. */
export interface SearchDocument {
  id: string;
  revision: number;
  stems: string[];
  concepts: string[];
  broader: string[];
  /** Concepts of the imported taxonomy that the evidence speaks of, and wider ones. */
  profile: string[];
  seeks: string[];
  seekStems: string[];
  country: string;
  /** The territory's code and its beginnings, so that `ITC4` finds Lecco. */
  places: string[];
  served: string[];
  languages: Lang[];
  /** NACE class, group and division of each sector. */
  sectors: string[];
  takes: boolean;
  type: string | null;
  /** Seconds since 1970. */
  expires: number | null;
}

/** A row of the copy with what a document is made of. */
export interface Indexable {
  id: string;
  revision: number;
  owner: string | null;
  country: string;
  territory: string | null;
  languages: Lang[];
  features: Features;
}

/** Same rules for every index: exact words, no typos, no prefixes (stems are looked up, not typed), ranked by how many are met. */
export const INDEX_SETTINGS: Settings = {
  searchableAttributes: ['concepts', 'broader', 'stems', 'seeks', 'seekStems', 'profile'],
  displayedAttributes: ['id', 'revision'],
  rankingRules: ['words', 'attribute'],
  typoTolerance: { enabled: false },
  prefixSearch: 'disabled',
  facetSearch: false,
  proximityPrecision: 'byAttribute',
  // Frequencies are read from the number of hits; the default would stop counting at a thousand.
  pagination: { maxTotalHits: 1_000_000 },
  // One tokenizer for all: the German one would take stems of compounds apart again.
  localizedAttributes: [{ attributePatterns: ['*'], locales: ['ita'] }],
  filterableAttributes: [
    filterable(
      ['id', 'country', 'places', 'served', 'languages', 'sectors', 'takes', 'type', 'concepts', 'broader'],
      false,
    ),
    filterable(['expires'], true),
  ],
};

function filterable(attributePatterns: string[], comparison: boolean) {
  return { attributePatterns, features: { facetSearch: false, filter: { equality: true, comparison } } };
}

/** A concept's id as one word: a hyphen would make Meilisearch see two. Of a URI the last part, which is its own. */
export function conceptToken(id: string): string {
  return `c${id
    .slice(id.lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')}`;
}

export function documentOf(row: Indexable): SearchDocument {
  const { features } = row;
  const concepts = conceptsOf(features.evidence);
  const taxonomy = Taxonomy.own();
  const broader = new Set([...concepts].flatMap((id) => taxonomy.ancestors(id)));
  return {
    id: row.id,
    revision: row.revision,
    stems: stemsOf(features.evidence),
    concepts: [...concepts].map(conceptToken),
    broader: [...broader].map(conceptToken),
    profile: [...new Set(features.evidence.flatMap((one) => (one.profile ?? []).map(([id]) => conceptToken(id))))],
    seeks: [...conceptsOf(features.seeks)].map(conceptToken),
    seekStems: stemsOf(features.seeks),
    country: row.country,
    places: beginnings(row.territory ?? row.country),
    served: features.served,
    languages: row.languages,
    sectors: [...new Set(features.sectors.flatMap(({ nace }) => [nace, nace.slice(0, 4), nace.slice(0, 2)]))],
    takes: features.capacity !== 0,
    type: features.opportunity?.type ?? null,
    expires: features.opportunity?.expiresAt ? Math.floor(Date.parse(features.opportunity.expiresAt) / 1000) : null,
  };
}

/** What a subject is found by where there is no index: the words and competences that its document would have. */
export function termsOf({ evidence, seeks }: Pick<Features, 'evidence' | 'seeks'>): string[] {
  const concepts = [...conceptsOf(evidence)];
  const broader = concepts.flatMap((id) => Taxonomy.own().ancestors(id));
  const tokens = [...concepts, ...broader, ...conceptsOf(seeks)].map(conceptToken);
  return [...new Set([...tokens, ...stemsOf(evidence), ...stemsOf(seeks)])];
}

/** `ITC43` → `IT`, `ITC`, `ITC4`, `ITC43`. */
export function beginnings(code: string): string[] {
  return Array.from({ length: Math.max(0, code.length - 1) }, (_, at) => code.slice(0, at + 2));
}

/** Own competences of the evidence, without repetition. */
export function conceptsOf(evidence: Features['evidence']): Set<string> {
  return new Set(evidence.flatMap((one) => one.concepts.map((concept) => concept.id)));
}

function stemsOf(evidence: Features['evidence']): string[] {
  return [...new Set(evidence.flatMap((one) => one.stems.map(([stem]) => stem)))];
}
