import { Taxonomy } from '#libs/competences';
import type { MatchRequest } from '#libs/contracts';
import { isAvailable, type LoadFigures } from './availability.part.js';
import type { Candidate } from './candidate.js';
import { namedCompetence } from './linking.js';

export type Filters = NonNullable<MatchRequest['filters']>;

/** A filter that leaves a subject out: what it has, and what was asked. */
export interface Exclusion {
  filter: keyof Filters;
  has: readonly string[];
  asked: readonly string[];
}

/** The filters that leave a subject out, by the same rules as the search engine's; `today` is `YYYY-MM-DD`. */
export function exclusions(
  candidate: Candidate,
  filters: Filters | undefined,
  today: string,
  load: LoadFigures | undefined,
): Exclusion[] {
  if (!filters) return [];
  const place = candidate.territory ?? candidate.country;
  const sectors = candidate.sectors.map((sector) => sector.nace);
  const { country, territories = [], languages = [] } = filters;
  const found: (Exclusion | false)[] = [
    country !== undefined &&
      candidate.country !== country && { filter: 'country', has: [candidate.country], asked: [country] },
    territories.length > 0 &&
      !territories.some((one) => place.startsWith(one) || candidate.served.some((above) => one.startsWith(above))) && {
        filter: 'territories',
        has: [place, ...candidate.served],
        asked: territories,
      },
    languages.length > 0 &&
      !languages.some((lang) => candidate.languages.includes(lang)) && {
        filter: 'languages',
        has: candidate.languages,
        asked: languages,
      },
    Boolean(filters.sectors?.length) &&
      !filters.sectors!.some((one) => sectors.some((nace) => nace.startsWith(one))) && {
        filter: 'sectors',
        has: sectors,
        asked: filters.sectors!,
      },
    Boolean(filters.competences?.length) && withoutCompetence(candidate, filters.competences!),
    filters.availableOnly === true &&
      !isAvailable(candidate, today, load) && { filter: 'availableOnly', has: [], asked: [] },
  ];
  return found.filter((one) => one !== false);
}

/** Ids of own competences that the filter names, by id, label or URI. */
export function filteredCompetences(names: readonly string[]): string[] {
  return names.flatMap((name) => namedCompetence(name).own ?? []);
}

function withoutCompetence(candidate: Candidate, names: readonly string[]): Exclusion | false {
  const asked = filteredCompetences(names);
  const has = [...candidate.offers.held.keys()];
  const met = asked.some((id) => candidate.offers.held.has(id) || has.some((one) => isWithin(one, id)));
  return !met && { filter: 'competences', has, asked: asked.length > 0 ? asked : names };
}

function isWithin(id: string, wider: string): boolean {
  return Taxonomy.own().ancestors(id).includes(wider);
}
