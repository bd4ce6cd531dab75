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

type Expert = Schemas['Expert'];
export type ExpertPatch = Schemas['ExpertPatch'];
export type EvidenceKind = Schemas['Evidence']['kind'];

/** One piece of evidence, while it is written. */
export interface EvidenceForm {
  kind: EvidenceKind;
  title: string;
  text: string;
  year: number | '';
  url: string;
  competences: Competence[];
}

export interface Absence {
  from: string;
  to: string;
}

/** An expert as they stand in the form. */
export interface ExpertForm {
  name: string;
  role: NonNullable<Expert['role']> | '';
  affiliation: string;
  orcid: string;
  country: string;
  territory: string;
  territories: string[];
  languages: Language[];
  text: string;
  competences: Competence[];
  evidence: EvidenceForm[];
  capacity: number | '';
  away: Absence[];
  website: string;
  contact: Contact;
  listed: boolean;
}

export function expertForm(expert: Expert): ExpertForm {
  return {
    name: expert.name,
    role: expert.role ?? '',
    affiliation: expert.affiliation ?? '',
    orcid: expert.orcid ?? '',
    country: expert.country,
    territory: expert.territory ?? '',
    territories: expert.territories,
    languages: expert.languages,
    text: expert.text ?? '',
    competences: competencesOf(expert.competences),
    evidence: expert.evidence.map(({ kind, title, text, year, url, competences }) => ({
      kind,
      title,
      text: text ?? '',
      year: year ?? '',
      url: url ?? '',
      competences: competencesOf(competences),
    })),
    capacity: expert.capacity,
    away: expert.away.map(({ from, to }) => ({ from, to })),
    website: expert.website ?? '',
    contact: contactOf(expert.contact),
    listed: expert.listed,
  };
}

/** What the form says, as the API takes it. Lines that are still empty are no part of it. */
export function expertPatch(form: ExpertForm): ExpertPatch {
  return {
    name: form.name.trim(),
    role: form.role || null,
    affiliation: given(form.affiliation),
    orcid: given(form.orcid),
    country: form.country,
    territory: form.territory || null,
    territories: form.territories,
    languages: form.languages,
    text: given(form.text),
    competences: sentCompetences(form.competences),
    evidence: form.evidence.filter(({ title, text, url }) => `${title}${text}${url}`.trim() !== '').map(sentEvidence),
    capacity: form.capacity === '' ? 0 : form.capacity,
    away: form.away.filter(({ from, to }) => from !== '' || to !== ''),
    website: webAddress(form.website),
    contact: sentContact(form.contact),
    listed: form.listed,
  };
}

function sentEvidence({ kind, title, text, year, url, competences }: EvidenceForm) {
  return {
    kind,
    title: title.trim(),
    ...(text.trim() && { text: text.trim() }),
    ...(year !== '' && { year }),
    ...(url.trim() && { url: webAddress(url) ?? '' }),
    ...(competences.length > 0 && { competences: sentCompetences(competences) }),
  };
}
