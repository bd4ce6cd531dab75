import { fold } from '#libs/competences';
import type { CompanyPatch, Lang } from '#libs/contracts';
import { keptCompetences, type PointedError, settlePlace } from '#libs/records';
import type { Company } from './company.entity.js';
import { checkIdentifier, type Identifier } from './identifiers.js';
import { findableNace, keptSectors } from './sectors.js';

/** What an input makes of a company: the columns that it sets, and the identifiers when it names any. */
export interface CompanyDraft {
  changes: Partial<Company>;
  identifiers?: DraftIdentifier[];
}

/** `at` is its place in the input, for the pointer of an error. */
export type DraftIdentifier = Identifier & { at: number };

/** The rules of one company alone. `before` is the state that a change meets; `lang` names competences that were given by id. */
export function draftCompany(
  input: CompanyPatch,
  lang: Lang,
  before?: Company,
): { draft: CompanyDraft; errors: PointedError[] } {
  const { name, country, territory, identifiers, sectors, languages, offers, seeks, ...plain } = input;
  const place = settlePlace({ country, territory }, before);
  const errors = [...place.errors];
  const changes: Partial<Company> = { ...onlyGiven(plain), ...place.changes };
  if (name !== undefined) Object.assign(changes, { name, nameFolded: fold(name) });
  if (languages) changes.languages = [...new Set(languages)];
  if (offers) changes.offers = keptCompetences(offers, lang);
  if (seeks) changes.seeks = keptCompetences(seeks, lang);
  if (sectors) {
    const kept = keptSectors(sectors);
    errors.push(...kept.errors);
    Object.assign(changes, { sectors: kept.sectors, nace: findableNace(kept.sectors) });
  }
  if (!identifiers) return { draft: { changes }, errors };
  const checked = checkedIdentifiers(identifiers);
  return { draft: { changes, identifiers: checked.identifiers }, errors: [...errors, ...checked.errors] };
}

/** A company of which nothing is known yet. */
export function blankCompany(id: string, now: Date): Company {
  return {
    id,
    revision: 1,
    name: '',
    nameFolded: '',
    country: '',
    kind: null,
    sizeClass: null,
    people: null,
    territory: null,
    town: null,
    sectors: [],
    nace: [],
    languages: [],
    text: null,
    offers: [],
    seeks: [],
    ipStatus: null,
    website: null,
    contact: null,
    registerEmail: null,
    createdAt: now,
    updatedAt: now,
  };
}

function checkedIdentifiers(given: readonly Identifier[]) {
  const identifiers = new Map<string, DraftIdentifier>();
  const errors: PointedError[] = [];
  for (const [at, { scheme, value }] of given.entries()) {
    const checked = checkIdentifier({ scheme, value });
    const key = 'value' in checked ? `${scheme} ${checked.value}` : '';
    if ('error' in checked) errors.push({ pointer: `/identifiers/${at}/value`, detail: checked.error });
    else if (!identifiers.has(key)) identifiers.set(key, { scheme, value: checked.value, at });
  }
  return { identifiers: [...identifiers.values()], errors };
}

function onlyGiven<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
