import { naceOf } from '#libs/competences';
import { SECTOR_SCHEMES, type Sector } from '#libs/contracts';
import { CellError, choiceOf, listOf, textOf, wholeNumberOf } from './cell.js';
import { COMMON_FIELDS, competenceField } from './common-fields.js';
import type { Field } from './field.js';
import { IDENTIFIER_FIELDS } from './identifier-fields.js';

const text = (cell: unknown) => textOf(cell);

/** The template for lists of firms. */
export const COMPANY_FIELDS: Field[] = [
  ...COMMON_FIELDS,
  {
    path: 'registerEmail',
    headers: [
      'register email',
      'pec',
      'indirizzo pec',
      'posta elettronica certificata',
      'domicilio digitale',
      'email del registro',
      'register e mail',
      'adresse e mail du registre',
    ],
    right: 'the address that the public register has, such as impresa@pec.example.org',
    read: text,
  },
  {
    path: 'name',
    headers: [
      'company',
      'company name',
      'firm',
      'title',
      'nome',
      'ragione sociale',
      'denominazione',
      'denominazione sociale',
      'impresa',
      'azienda',
      'ditta',
      'societa',
      'firma',
      'firmenname',
      'unternehmen',
      'bezeichnung',
      'name der firma',
      'nom',
      'raison sociale',
      'entreprise',
      'societe',
      'titolo',
      'titel',
      'titre',
    ],
    right: "the firm's name, at most 200 characters",
    read: text,
  },
  {
    path: 'kind',
    headers: ['tipo', 'tipologia', 'art', 'type', 'genre', 'tipo impresa'],
    right: 'one of sme, start-up, corporate',
    read: (cell) =>
      choiceOf(cell, {
        sme: ['pmi', 'kmu', 'pme', 'impresa'],
        'start-up': [
          'startup',
          'start up',
          'start up innovativa',
          'startup innovativa',
          'spin off',
          'jungunternehmen',
          'jeune pousse',
        ],
        corporate: ['grande impresa', 'grossunternehmen', 'grande entreprise', 'konzern', 'large'],
      }),
  },
  {
    path: 'sizeClass',
    headers: [
      'size',
      'size class',
      'sizeclass',
      'dimensione',
      'classe dimensionale',
      'grosse',
      'grossenklasse',
      'taille',
    ],
    right: 'one of micro, small, medium, large, or a range such as 10-49',
    read: (cell) =>
      choiceOf(cell, {
        micro: ['microimpresa', 'kleinst', 'kleinstunternehmen', 'tres petite', 'microentreprise', '0 9', '1 9'],
        small: ['piccola', 'piccola impresa', 'klein', 'petite', 'petite entreprise', '10 49'],
        medium: ['media', 'media impresa', 'mittel', 'moyenne', 'moyenne entreprise', '50 249'],
        large: ['grande', 'grande impresa', 'gross', 'grande entreprise', '250'],
      }),
  },
  {
    path: 'people',
    headers: [
      'employees',
      'headcount',
      'fte',
      'addetti',
      'numero addetti',
      'n addetti',
      'dipendenti',
      'collaboratori',
      'mitarbeiter',
      'mitarbeitende',
      'beschaftigte',
      'employes',
      'effectif',
      'effectifs',
      'collaborateurs',
    ],
    right: 'a number such as 42',
    read: wholeNumberOf,
  },
  ...IDENTIFIER_FIELDS,
  { path: 'identifiers', headers: [], right: 'identifiers with scheme and value', read: (cell) => cell },
  {
    path: 'town',
    headers: [
      'city',
      'comune',
      'citta',
      'localita',
      'sede',
      'ort',
      'ortschaft',
      'stadt',
      'gemeinde',
      'sitz',
      'ville',
      'commune',
      'localite',
      'siege',
    ],
    right: 'a town, at most 120 characters',
    read: text,
  },
  {
    path: 'sectors',
    headers: [
      'sector',
      'settore',
      'settori',
      'ateco',
      'codice ateco',
      'codici ateco',
      'ateco 2025',
      'ateco 2007',
      'noga',
      'noga code',
      'code noga',
      'noga 2025',
      'noga 2008',
      'nace',
      'branche',
      'branchen',
      'wirtschaftszweig',
      'secteur',
      'secteurs',
      'code ateco',
    ],
    right: 'sector codes such as 28.41 or 13.96.00, separated by semicolons',
    read: (cell, { country, likelyCountry, header }) => sectorsOf(cell, schemeOf(header, country ?? likelyCountry)),
  },
  {
    path: 'text',
    headers: [
      'description',
      'about',
      'profile',
      'testo',
      'descrizione',
      'attivita',
      'presentazione',
      'profilo',
      'cosa facciamo',
      'beschreibung',
      'tatigkeit',
      'profil',
      'texte',
      'description de l activite',
      'activite',
      'presentation',
    ],
    right: 'a text of at most 4000 characters',
    read: text,
  },
  competenceField('offers', [
    'offer',
    'skills',
    'competences',
    'offre',
    'offerte',
    'competenze',
    'competenze offerte',
    'angebot',
    'angebote',
    'bietet',
    'kompetenzen',
    'offres',
    'competences offertes',
  ]),
  competenceField('seeks', [
    'needs',
    'looking for',
    'lookingfor',
    'cerca',
    'cerchiamo',
    'competenze cercate',
    'fabbisogni',
    'bisogni',
    'sucht',
    'gesucht',
    'bedarf',
    'cherche',
    'recherche',
    'besoins',
    'competences recherchees',
  ]),
  {
    path: 'ipStatus',
    headers: ['ip', 'ip status', 'ipstatus', 'proprieta intellettuale', 'schutzrechte', 'propriete intellectuelle'],
    right: 'one of none, secret-know-how, applied-for, granted',
    read: (cell) =>
      choiceOf(cell, {
        none: ['nessuna', 'nessuno', 'keine', 'aucune', 'aucun', 'no'],
        'secret-know-how': ['segreto', 'segreto industriale', 'geheimnis', 'secret'],
        'applied-for': ['domanda depositata', 'depositato', 'angemeldet', 'depose', 'demande deposee'],
        granted: ['concesso', 'concessa', 'erteilt', 'delivre', 'accorde', 'patent', 'brevetto'],
      }),
  },
];

function schemeOf(header: string, country: string | undefined): Sector['scheme'] {
  const named = header.toUpperCase().replace(/[^A-Z0-9.]/g, '');
  const told = SECTOR_SCHEMES.find((scheme) => named.includes(scheme));
  if (told) return told;
  if (named.includes('ATECO')) return 'ATECO2025';
  if (named.includes('NOGA')) return 'NOGA2025';
  if (named.includes('NACE')) return 'NACE2.1';
  return country === 'IT' ? 'ATECO2025' : country === 'CH' ? 'NOGA2025' : 'NACE2.1';
}

/** Sector codes of a cell; what a list writes behind a code (`28.41 Machine tools`) is left aside. Throws CellError on an unknown code. */
function sectorsOf(cell: unknown, scheme: Sector['scheme']): unknown[] {
  return listOf(cell).map((entry) => {
    if (typeof entry === 'object') return entry;
    const code = /^[A-V]?\s?\d[\d.]*/i
      .exec(String(entry))?.[0]
      ?.toUpperCase()
      .replace(/\s|\.$/g, '');
    const known = code ? naceOf({ scheme, code }) : undefined;
    if (!code || !known)
      throw new CellError(
        `${entry} is no sector code of ${scheme}`,
        'a code such as 28.41 or 13.96.00, or an empty cell',
      );
    // Spreadsheets read 01.11 as a number; the contract wants its two digits back.
    return { scheme, code: /^\d\./.test(code) ? `0${code}` : code };
  });
}
