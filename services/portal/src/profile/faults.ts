import type { CompanyForm } from './company-form.js';
import type { EvidenceForm, ExpertForm } from './expert-form.js';
import { type Contact, isEmail, isPhone, isWebAddress } from './fields.js';
import { type CheckDigits, standing } from './identifier.js';
import { orcidStanding } from './orcid.js';

/** What is not finished or not right, in a word of `fault.…`, by the JSON Pointer of where. A field with one of them is not sent yet. */
export type Fault =
  | 'needed'
  | 'web'
  | 'email'
  | 'phone'
  | 'number'
  | 'orcid'
  | 'dates'
  | 'year'
  | 'capacity'
  | 'people';
export type Faults = ReadonlyMap<string, Fault>;

type Found = [pointer: string, fault: Fault][];

/** What keeps parts of a company's form from being sent. */
export function companyFaults(form: CompanyForm, check: CheckDigits | undefined): Faults {
  const found: Found = [...ofName(form.name), ...ofWebsite(form.website), ...ofContact(form.contact)];
  if (form.people !== '' && !(Number.isInteger(form.people) && form.people >= 0 && form.people <= 5_000_000))
    found.push(['/people', 'people']);
  if (form.registerEmail?.trim() && !isEmail(form.registerEmail)) found.push(['/registerEmail', 'email']);
  for (const [at, identifier] of form.identifiers.entries())
    if (!['blank', 'valid'].includes(standing(identifier, check).is))
      found.push([`/identifiers/${at}/value`, 'number']);
  return new Map(found);
}

/** What keeps parts of an expert's form from being sent. */
export function expertFaults(form: ExpertForm): Faults {
  const found: Found = [...ofName(form.name), ...ofWebsite(form.website), ...ofContact(form.contact)];
  if (!['blank', 'valid'].includes(orcidStanding(form.orcid))) found.push(['/orcid', 'orcid']);
  if (form.capacity === '' || !Number.isInteger(form.capacity) || form.capacity < 0 || form.capacity > 100)
    found.push(['/capacity', 'capacity']);
  for (const [at, { from, to }] of form.away.entries())
    if ((from !== '' || to !== '') && (from === '' || to === '' || from > to)) found.push([`/away/${at}/to`, 'dates']);
  for (const [at, evidence] of form.evidence.entries()) found.push(...ofEvidence(evidence, `/evidence/${at}`));
  return new Map(found);
}

function ofEvidence({ title, text, url, year }: EvidenceForm, at: string): Found {
  const found: Found = [];
  if (title.trim() === '' && `${text}${url}`.trim() !== '') found.push([`${at}/title`, 'needed']);
  if (url.trim() !== '' && !isWebAddress(url)) found.push([`${at}/url`, 'web']);
  if (year !== '' && !(Number.isInteger(year) && year >= 1900 && year <= 2100)) found.push([`${at}/year`, 'year']);
  return found;
}

const ofName = (name: string): Found => (name.trim() === '' ? [['/name', 'needed']] : []);

const ofWebsite = (website: string): Found =>
  website.trim() !== '' && !isWebAddress(website) ? [['/website', 'web']] : [];

function ofContact({ email, phone }: Contact): Found {
  const found: Found = [];
  if (email.trim() !== '' && !isEmail(email)) found.push(['/contact/email', 'email']);
  if (phone.trim() !== '' && !isPhone(phone)) found.push(['/contact/phone', 'phone']);
  return found;
}
