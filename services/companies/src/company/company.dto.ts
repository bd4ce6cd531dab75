import {
  type Address,
  type CallContext,
  type Card,
  type CompanyFacts,
  type Company as CompanyView,
  keepsContents,
  mayActFor,
  oversees,
} from '#libs/contracts';
import type { Company } from './company.entity.js';
import type { CompanyIdentifier } from './company-identifier.entity.js';
import { completeness } from './completeness.js';
import { sizeClassOf } from './size-class.js';

/** A company as the caller may see it. */
export function companyView(
  company: Company,
  identifiers: readonly CompanyIdentifier[],
  { actor, lang }: Pick<CallContext, 'actor' | 'lang'>,
): CompanyView {
  const profile = {
    ...companyFacts(company),
    name: company.name,
    people: company.people,
    town: company.town,
    identifiers: identifiers.map(({ scheme, value, source, checkedAt }) => ({
      scheme,
      value,
      source,
      checkedAt: checkedAt.toISOString(),
    })),
    ipStatus: company.ipStatus,
    website: company.website,
    contact: company.contact,
    createdAt: company.createdAt.toISOString(),
    updatedAt: company.updatedAt.toISOString(),
  };
  // Not even the firm itself: whoever could read it there might confirm the claim of a friend.
  const register = keepsContents(actor) && oversees(actor, company) && { registerEmail: company.registerEmail };
  const view = { ...profile, ...register, completeness: completeness(profile, lang) };
  return mayActFor(actor, 'firm', company.id, company) ? view : publicPart(view);
}

/** What matching indexes. */
export function companyFacts(company: Company): CompanyFacts {
  const { id, revision, country, territory, sectors, languages, text, offers, seeks, kind } = company;
  const sizeClass = company.sizeClass ?? sizeClassOf(company.people);
  return { id, revision, country, territory, sectors, languages, text, offers, seeks, sizeClass, kind };
}

export function companyCard({
  id,
  name,
  country,
  territory,
}: Pick<Company, 'id' | 'name' | 'country' | 'territory'>): Card {
  return { id, name, country, territory };
}

export function companyAddress({ id, name, contact, languages }: Company): Address {
  return { id, name, email: contact?.email ?? null, lang: languages[0] ?? 'it' };
}

/** Where the public register writes to the firm. */
export function registerAddress({ id, name, registerEmail, languages }: Company): Address {
  return { id, name, email: registerEmail, lang: languages[0] ?? 'it' };
}

function publicPart({ contact: _, ...view }: CompanyView): CompanyView {
  // A sole trader's tax code of sixteen characters is made of name and date of birth.
  const identifiers = view.identifiers.filter(({ scheme, value }) => scheme !== 'tax-it' || value.length === 11);
  return { ...view, identifiers };
}
