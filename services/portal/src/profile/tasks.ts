import type { CompanyForm } from './company-form.js';
import type { ExpertForm } from './expert-form.js';

interface Task<Field extends string> {
  field: Field;
  done: boolean;
}

/** What makes up a company's profile, in the order of the form; the same parts by which the platform reckons how complete it is. */
export function companyTasks(form: CompanyForm) {
  return tasks({
    text: form.text.trim() !== '',
    offers: form.offers.length > 0,
    seeks: form.seeks.length > 0,
    sectors: form.sectors.length > 0,
    territory: form.territory !== '',
    people: form.people !== '' || form.sizeClass !== '',
    languages: form.languages.length > 0,
    identifiers: form.identifiers.some(({ value }) => value.trim() !== ''),
    website: form.website.trim() !== '',
    contact: form.contact.email.trim() !== '',
  });
}

/** What makes an expert found and asked, in the order of the form. */
export function expertTasks(form: ExpertForm) {
  return tasks({
    text: form.text.trim() !== '',
    competences: form.competences.length > 0,
    evidence: form.evidence.some(({ title }) => title.trim() !== ''),
    languages: form.languages.length > 0,
    territory: form.territory !== '',
    territories: form.territories.length > 0,
    affiliation: form.affiliation.trim() !== '',
    contact: form.contact.email.trim() !== '',
  });
}

function tasks<Field extends string>(parts: Record<Field, boolean>): Task<Field>[] {
  return (Object.keys(parts) as Field[]).map((field) => ({ field, done: parts[field] }));
}
