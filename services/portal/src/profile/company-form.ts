import type { Schemas } from '../api/client.js';
import type { Language } from '../i18n/language.js';
import {
  type Competence,
  type Contact,
  competencesOf,
  contactOf,
  given,
  sentCompetences,
  sentContact,
  webAddress,
} from './fields.js';
import { type Identifier, whole } from './identifier.js';

type Company = Schemas['Company'];
export type CompanyPatch = Schemas['CompanyPatch'];
export type Sector = CompanyPatch['sectors'] extends infer S
  ? NonNullable<S> extends (infer One)[]
    ? One
    : never
  : never;

/** A company as it stands in the form: nothing is missing, what is not known is empty. */
export interface CompanyForm {
  name: string;
  kind: NonNullable<Company['kind']> | '';
  country: string;
  territory: string;
  town: string;
  people: number | '';
  sizeClass: NonNullable<Company['sizeClass']> | '';
  identifiers: Identifier[];
  sectors: Sector[];
  languages: Language[];
  text: string;
  offers: Competence[];
  seeks: Competence[];
  ipStatus: NonNullable<Company['ipStatus']> | '';
  website: string;
  contact: Contact;
  /** Undefined for all but those who keep it: they alone are shown it. */
  registerEmail: string | undefined;
}

export function companyForm(company: Company): CompanyForm {
  return {
    name: company.name,
    kind: company.kind ?? '',
    country: company.country,
    territory: company.territory ?? '',
    town: company.town ?? '',
    people: company.people ?? '',
    // Where the head count says it, the class follows by itself.
    sizeClass: company.people === null ? (company.sizeClass ?? '') : '',
    identifiers: company.identifiers.map(({ scheme, value }) => ({ scheme, value })),
    sectors: company.sectors.map(({ scheme, code }) => ({ scheme, code })),
    languages: company.languages,
    text: company.text ?? '',
    offers: competencesOf(company.offers),
    seeks: competencesOf(company.seeks),
    ipStatus: company.ipStatus ?? '',
    website: company.website ?? '',
    contact: contactOf(company.contact),
    registerEmail: company.registerEmail === undefined ? undefined : (company.registerEmail ?? ''),
  };
}

/** What the form says, as the API takes it. Lines that are still empty are no part of it. */
export function companyPatch(form: CompanyForm): CompanyPatch {
  return {
    name: form.name.trim(),
    kind: form.kind || null,
    country: form.country,
    territory: form.territory || null,
    town: given(form.town),
    people: form.people === '' ? null : form.people,
    sizeClass: form.sizeClass || null,
    identifiers: form.identifiers.filter(({ value }) => value.trim() !== '').map(whole),
    sectors: form.sectors,
    languages: form.languages,
    text: given(form.text),
    offers: sentCompetences(form.offers),
    seeks: sentCompetences(form.seeks),
    ipStatus: form.ipStatus || null,
    website: webAddress(form.website),
    contact: sentContact(form.contact),
    ...(form.registerEmail !== undefined && { registerEmail: given(form.registerEmail) }),
  };
}
