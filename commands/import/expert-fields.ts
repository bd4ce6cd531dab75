import { EVIDENCE_KINDS } from '#libs/contracts';
import {
  CellError,
  choiceOf,
  competencesOf,
  listOf,
  territoryOfCell,
  textOf,
  webAddressOf,
  wholeNumberOf,
} from './cell.js';
import { COMMON_FIELDS, competenceField } from './common-fields.js';
import type { Field } from './field.js';

const text = (cell: unknown) => textOf(cell);

/** The template for lists of experts. */
export const EXPERT_FIELDS: Field[] = [
  ...COMMON_FIELDS,
  {
    path: 'name',
    headers: [
      'expert',
      'full name',
      'nome',
      'esperto',
      'nominativo',
      'nome e cognome',
      'experte',
      'expertin',
      'person',
      'nom',
      'nom complet',
      'main researcher',
    ],
    right: "the expert's name, at most 200 characters",
    read: text,
  },
  { path: 'firstName', headers: ['first name', 'given name', 'vorname', 'prenom'], right: 'a first name', read: text },
  {
    path: 'lastName',
    headers: ['last name', 'surname', 'family name', 'cognome', 'nachname', 'nom de famille'],
    right: 'a last name',
    read: text,
  },
  {
    path: 'role',
    headers: ['ruolo', 'rolle', 'funktion', 'fonction'],
    right: 'one of innovation-expert, researcher, mentor',
    read: (cell) =>
      choiceOf(cell, {
        'innovation-expert': [
          'esperto',
          'esperto di innovazione',
          'innovationsexperte',
          'innovationsexpertin',
          'expert en innovation',
          'expert',
        ],
        researcher: [
          'ricercatore',
          'ricercatrice',
          'forscher',
          'forscherin',
          'chercheur',
          'chercheuse',
          'docente',
          'professore',
        ],
        mentor: ['facilitatore', 'facilitatrice', 'mentore', 'mentorin', 'facilitateur', 'facilitator'],
      }),
  },
  {
    path: 'affiliation',
    headers: [
      'institution',
      'organisation',
      'organization',
      'affiliazione',
      'ente',
      'istituto',
      'istituzione',
      'universita',
      'organizzazione',
      'institut',
      'hochschule',
      'arbeitgeber',
      'einrichtung',
      'etablissement',
      'universite',
    ],
    right: 'an institution, at most 300 characters',
    read: text,
  },
  { path: 'orcid', headers: ['orcid id'], right: 'an ORCID iD such as 0000-0002-1825-0097', read: text },
  {
    path: 'territories',
    headers: [
      'territories served',
      'territori',
      'territori serviti',
      'zone servite',
      'einsatzgebiete',
      'einsatzgebiet',
      'territoires',
      'territoires desservis',
    ],
    right: 'provinces, cantons or countries, separated by semicolons',
    read: (cell) => listOf(cell).map((place) => territoryOfCell(place, undefined)),
  },
  {
    path: 'text',
    headers: [
      'bio',
      'about',
      'description',
      'profile',
      'testo',
      'profilo',
      'descrizione',
      'presentazione',
      'profil',
      'beschreibung',
      'texte',
      'presentation',
    ],
    right: 'a text of at most 4000 characters',
    read: text,
  },
  competenceField('competences', ['skills', 'expertise', 'competenze', 'kompetenzen', 'fachgebiete', 'domaines']),
  { path: 'evidence', headers: [], right: 'pieces of evidence, each with a title', read: (cell) => cell },
  {
    path: 'capacity',
    headers: ['capacita', 'disponibilita', 'kapazitat', 'capacite', 'disponibilite'],
    right: 'a number from 0 to 100: open requests taken at a time',
    read: wholeNumberOf,
  },
  {
    path: 'away',
    headers: ['assenze', 'assente', 'abwesend', 'abwesenheiten', 'absences', 'absent'],
    right: 'periods such as 2026-08-01/2026-08-31, separated by semicolons',
    read: (cell) => listOf(cell).map(periodOf),
  },
];

const KINDS: Record<(typeof EVIDENCE_KINDS)[number], readonly string[]> = {
  project: ['progetto', 'projekt', 'projet'],
  publication: ['pubblicazione', 'articolo', 'publikation', 'article', 'paper'],
  patent: ['brevetto', 'brevet'],
  certificate: ['certificato', 'certificazione', 'zertifikat', 'certificat'],
  work: ['lavoro', 'incarico', 'arbeit', 'mandat', 'travail'],
  teaching: ['corso', 'docenza', 'insegnamento', 'kurs', 'lehre', 'cours', 'enseignement'],
};

const EVIDENCE_WORDS = /^(?:evidence|evidenza|prova|referenza|nachweis|referenz|preuve|reference)\s*(\d*)\s*(.*)$/;
const EVIDENCE_PARTS: { part: string; names: readonly string[]; right: string; read(cell: unknown): unknown }[] = [
  {
    part: 'title',
    names: ['', 'title', 'titolo', 'titel', 'titre'],
    right: 'a title of at most 300 characters',
    read: text,
  },
  {
    part: 'text',
    names: ['text', 'testo', 'texte', 'description', 'descrizione', 'beschreibung'],
    right: 'a text of at most 4000 characters',
    read: text,
  },
  { part: 'year', names: ['year', 'anno', 'jahr', 'annee'], right: 'a year such as 2024', read: yearOf },
  {
    part: 'kind',
    names: ['kind', 'tipo', 'art', 'type', 'genre'],
    right: `one of ${EVIDENCE_KINDS.join(', ')}`,
    read: (cell) => choiceOf(cell, KINDS),
  },
  { part: 'url', names: ['url', 'link', 'sito', 'web'], right: 'a web address', read: webAddressOf },
  {
    part: 'competences',
    names: ['competences', 'competenze', 'kompetenzen'],
    right: 'competences, separated by semicolons',
    read: competencesOf,
  },
];

/** Fields for numbered columns of evidence (`evidence 1 title`, `prova 1 anno`, …), as many as the headers have. */
export function evidenceFields(headers: readonly string[], fold: (text: string) => string): Field[] {
  const fields = new Map<string, Field>();
  for (const header of headers) {
    const [, number, name] = EVIDENCE_WORDS.exec(fold(header)) ?? [];
    const found = EVIDENCE_PARTS.find(({ names }) => name !== undefined && names.includes(name));
    if (!found) continue;
    const { part, right } = found;
    const path = `evidence#${number || '1'}.${part}`;
    // JSON brings evidence as an array under the bare word; the cell tells which of the two it is.
    const read = (cell: unknown) => (Array.isArray(cell) ? cell : found.read(cell));
    if (!fields.has(path)) fields.set(path, { path, headers: [fold(header)], right, read });
  }
  return [...fields.values()];
}

function yearOf(cell: unknown): number | undefined {
  return cell instanceof Date ? cell.getUTCFullYear() : wholeNumberOf(cell);
}

function periodOf(entry: unknown): unknown {
  if (typeof entry === 'object') return entry;
  const days = String(entry).match(/\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}/g) ?? [];
  const [from, to] = days.map((day) =>
    day.includes('.')
      ? day
          .split('.')
          .reverse()
          .map((part) => part.padStart(2, '0'))
          .join('-')
      : day,
  );
  if (!from || !to) throw new CellError(`${entry} is no period`, 'two dates such as 2026-08-01/2026-08-31');
  return { from, to };
}
