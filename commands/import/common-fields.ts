import { competencesOf, countryOfCell, languagesOf, territoryOfCell, textOf, webAddressOf } from './cell.js';
import type { Field } from './field.js';

const text = (cell: unknown) => textOf(cell);

/** Fields that firms and experts share. */
export const COMMON_FIELDS: Field[] = [
  {
    path: 'externalKey',
    headers: [
      'key',
      'external key',
      'externalkey',
      'id',
      'code',
      'nr',
      'chiave',
      'codice',
      'codice interno',
      'schlussel',
      'nummer',
      'kundennummer',
      'cle',
      'identifiant',
      'numero',
    ],
    right: 'the key of the row in its source, at most 200 characters',
    read: text,
  },
  {
    path: 'country',
    headers: ['country', 'paese', 'nazione', 'stato', 'land', 'staat', 'pays'],
    right: 'a country such as IT or CH; the option --country sets it for all rows that have none',
    read: countryOfCell,
  },
  {
    path: 'territory',
    headers: [
      'territory',
      'territorio',
      'provincia',
      'prov',
      'sigla provincia',
      'cantone',
      'canton',
      'kanton',
      'provinz',
      'province',
      'region',
      'regione',
      'nuts',
      'nuts3',
      'gebiet',
      'territoire',
    ],
    right: 'a province or canton such as Lecco, LC, Ticino, TI or ITC43; or an empty cell',
    read: (cell, { country, likelyCountry }) => territoryOfCell(cell, country, likelyCountry),
  },
  {
    path: 'languages',
    headers: ['languages', 'language', 'lingue', 'lingua', 'sprachen', 'sprache', 'langues', 'langue'],
    right: 'it, en, de or fr, separated by semicolons',
    read: languagesOf,
  },
  {
    path: 'website',
    headers: [
      'website',
      'web',
      'sito',
      'sito web',
      'sito internet',
      'url',
      'homepage',
      'webseite',
      'internet',
      'site',
      'site web',
      'site internet',
    ],
    right: 'a web address such as https://www.example.org',
    read: webAddressOf,
  },
  {
    path: 'contact.email',
    headers: [
      'email',
      'e mail',
      'mail',
      'indirizzo email',
      'posta elettronica',
      'courriel',
      'adresse e mail',
      'e mail adresse',
    ],
    right: 'an e-mail address such as info@example.org',
    read: text,
  },
  {
    path: 'contact.phone',
    headers: ['phone', 'telephone', 'telefono', 'tel', 'telefon', 'telefonnummer', 'numero di telefono'],
    right: 'a telephone number such as +41 91 000 00 00',
    read: text,
  },
  {
    path: 'contact.name',
    headers: [
      'contact',
      'contact name',
      'contatto',
      'referente',
      'persona di contatto',
      'kontakt',
      'ansprechperson',
      'ansprechpartner',
      'personne de contact',
    ],
    right: 'the name of a person, at most 120 characters',
    read: (cell) => (typeof cell === 'object' ? cell : textOf(cell)),
  },
];

/** A list of competences under the given headers. */
export function competenceField(path: string, headers: readonly string[]): Field {
  return {
    path,
    headers,
    right: 'competences of at most 120 characters each, separated by semicolons',
    read: competencesOf,
  };
}
