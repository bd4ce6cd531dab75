import type { Schemas } from '../api/client.js';

export type MatchRequest = Schemas['MatchRequest'];
export type Seek = MatchRequest['seek'];
type Language = Schemas['Understood']['lang'];

export const SEEKS: readonly Seek[] = ['experts', 'partners', 'opportunities'];
const LANGUAGES: readonly Language[] = ['it', 'de', 'fr', 'en'];
/** Fewer letters than this say nothing yet. */
const TEXT_MIN = 3;
const TEXT_MAX = 4000;
/** All that an answer may hold: its counts are those of the facets. */
const LIMIT = 50;

/** What is sought, as it stands in the address of the page. */
export interface Search {
  /** The need in one's own words. */
  text: string;
  /** A stored need of the own firm, in place of words. */
  need: string | undefined;
  seek: Seek;
  /** Competences put in and taken out by hand: they hold while the words change. */
  add: readonly string[];
  not: readonly string[];
  acrossBorder: boolean;
  country: string | undefined;
  territories: readonly string[];
  languages: readonly Language[];
  sectors: readonly string[];
  availableOnly: boolean;
}

/** Who seeks: what suits their own profile is the answer before anything is typed. */
export interface Seeker {
  kind: string;
  id?: string;
}

export const LANGUAGES_SOUGHT = LANGUAGES;

/** What somebody most likely looks for, first. */
export function seeksOf({ kind }: Seeker): readonly Seek[] {
  return kind === 'expert' ? ['opportunities', 'partners', 'experts'] : SEEKS;
}

/** Reads the address; what makes no sense in it is left out, so that an old or mangled link still opens. */
export function readSearch(params: URLSearchParams, seeker: Seeker): Search {
  const list = (name: string, valid: RegExp) => (params.get(name) ?? '').split(',').filter((one) => valid.test(one));
  const country = params.get('country') ?? '';
  const need = params.get('need') ?? '';
  return {
    text: (params.get('q') ?? '').slice(0, TEXT_MAX),
    need: /^[0-9a-f-]{36}$/.test(need) ? need : undefined,
    seek: SEEKS.find((one) => one === params.get('seek')) ?? seeksOf(seeker)[0] ?? 'experts',
    add: list('with', /^.{1,300}$/).slice(0, 20),
    not: list('without', /^.{1,300}$/).slice(0, 20),
    acrossBorder: params.get('prefer') === 'cross-border',
    country: /^[A-Z]{2}$/.test(country) ? country : undefined,
    territories: list('in', /^[A-Z]{2}[0-9A-Z]{0,3}$/).slice(0, 40),
    languages: LANGUAGES.filter((one) => list('speaks', /^\w\w$/).includes(one)),
    sectors: list('sector', /^\d{2}$/).slice(0, 20),
    availableOnly: params.get('free') === '1',
  };
}

/** The address of a search: as short as it can be, the same for the same search. */
export function writeSearch(search: Search, seeker: Seeker): URLSearchParams {
  const params = new URLSearchParams();
  const put = (name: string, value: string | undefined) => value && params.set(name, value);
  put('q', search.text);
  put('need', search.need);
  if (search.seek !== seeksOf(seeker)[0]) put('seek', search.seek);
  put('with', search.add.join(','));
  put('without', search.not.join(','));
  if (search.acrossBorder) put('prefer', 'cross-border');
  put('country', search.country);
  put('in', search.territories.join(','));
  put('speaks', search.languages.join(','));
  put('sector', search.sectors.join(','));
  if (search.availableOnly) put('free', '1');
  return params;
}

/** What to ask the platform; undefined while nothing is said and there is no profile to go by. */
export function requestOf(search: Search, seeker: Seeker): MatchRequest | undefined {
  const { seek } = search;
  const about = aboutOf(search, seeker);
  if (!about) return undefined;
  const filters = filtersOf(search);
  return {
    seek,
    limit: LIMIT,
    ...about,
    ...(search.acrossBorder && { prefer: 'cross-border' }),
    ...(Object.keys(filters).length > 0 && { filters }),
  };
}

function aboutOf({ text, need, seek, add }: Search, { kind, id }: Seeker): Partial<MatchRequest> | undefined {
  const asExpert = kind === 'expert' && seek === 'opportunities' && id ? { expertId: id } : {};
  if (need && seek !== 'opportunities') return { opportunityId: need };
  if (text.trim().length >= TEXT_MIN) return { text: text.trim(), ...asExpert };
  if (add.length > 0) return { competences: [...add], ...asExpert };
  if (kind === 'firm' && id) return { companyId: id };
  return asExpert.expertId ? asExpert : undefined;
}

function filtersOf({ country, territories, languages, sectors, availableOnly }: Search) {
  return {
    ...(country && { country }),
    ...(territories.length > 0 && { territories: [...territories] }),
    ...(languages.length > 0 && { languages: [...languages] }),
    ...(sectors.length > 0 && { sectors: [...sectors] }),
    ...(availableOnly && { availableOnly }),
  };
}

/** Where somebody is, by either filter. */
export const PLACE_FILTERS = ['country', 'territories'];

/** The same question without some of its filters: what the counts beside their values are taken from. */
export function without(request: MatchRequest, names: readonly string[]): MatchRequest {
  const { filters, ...rest } = request;
  const others = Object.entries(filters ?? {}).filter(([name]) => !names.includes(name));
  return others.length > 0 ? { ...rest, filters: Object.fromEntries(others) } : rest;
}

/** The competences that count after the corrections. */
export function corrected(recognised: readonly string[], { add, not }: Pick<Search, 'add' | 'not'>): string[] {
  return [...new Set([...recognised, ...add])].filter((id) => !not.includes(id)).slice(0, 20);
}

/** How many filters are set, for the button that opens them on a small screen. */
export function filterCount(search: Search): number {
  const { territories, languages, sectors } = search;
  const lists = territories.length + languages.length + sectors.length;
  return lists + Number(search.country !== undefined) + Number(search.availableOnly);
}

export const NO_FILTERS = {
  country: undefined,
  territories: [],
  languages: [],
  sectors: [],
  availableOnly: false,
} satisfies Partial<Search>;
