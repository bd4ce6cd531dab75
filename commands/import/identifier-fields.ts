import { stdnum } from 'stdnum';
import { textOf } from './cell.js';
import { addIssue, type Draft, type Field } from './field.js';

const text = (cell: unknown) => textOf(cell);

/** Identifiers, in the order in which they stand in a profile. */
const IDENTIFIER_SCHEMES = ['vat-it', 'tax-it', 'rea-it', 'uid-ch'] as const;
type Scheme = (typeof IDENTIFIER_SCHEMES)[number];

/** Columns of identifiers: one for each scheme. */
export const IDENTIFIER_FIELDS: Field[] = [
  // A spreadsheet takes these for numbers and drops their leading zeros.
  {
    path: 'vat-it',
    headers: ['vat', 'vat number', 'partita iva', 'p iva', 'piva', 'iva', 'mwst nummer', 'numero de tva'],
    right: 'a Partita IVA of 11 digits, such as 00743110157',
    read: (cell) => digits(cell, 11),
  },
  {
    path: 'tax-it',
    headers: ['tax code', 'codice fiscale', 'cf', 'cod fiscale', 'steuercode', 'code fiscal'],
    right: 'a codice fiscale of 11 digits or 16 letters and digits',
    read: (cell) => digits(cell, 11),
  },
  {
    path: 'rea-it',
    headers: ['rea', 'numero rea', 'n rea', 'nr rea', 'rea nummer'],
    right: 'a REA number such as LC-301234',
    read: text,
  },
  {
    path: 'uid-ch',
    headers: [
      'uid',
      'uid nummer',
      'ide',
      'numero ide',
      'idi',
      'numero idi',
      'che',
      'unternehmens identifikationsnummer',
    ],
    right: 'a UID such as CHE-100.155.212',
    read: text,
  },
];

function digits(cell: unknown, length: number): string | undefined {
  const value = textOf(cell);
  return value && /^\d+$/.test(value) ? value.padStart(length, '0') : value;
}

/** The identifiers of a firm's row; a wrong check digit becomes an issue of the draft. */
export function identifiersOf(draft: Draft, values: ReadonlyMap<string, unknown>): { scheme: Scheme; value: string }[] {
  const identifiers = IDENTIFIER_SCHEMES.flatMap((scheme) => {
    const value = values.get(scheme) as string | undefined;
    if (!value) return [];
    const right = IDENTIFIER_FIELDS.find(({ path }) => path === scheme)?.right ?? '';
    if (!checkDigitsFit(scheme, value))
      addIssue(draft, scheme, 'is no valid number: its length or its check digit is wrong', right);
    return [{ scheme, value }];
  });
  // Lists of Swiss firms often use the UID as their key.
  const key = values.get('externalKey');
  if (identifiers.length === 0 && typeof key === 'string' && /^CHE/.test(key) && checkDigitsFit('uid-ch', key)) {
    return [{ scheme: 'uid-ch', value: key }];
  }
  return identifiers;
}

// The service that keeps firms says more precisely what is wrong; here it is said before anything is sent.
function checkDigitsFit(scheme: Scheme, value: string): boolean {
  const compact = value
    .toUpperCase()
    .replace(/[\s.\-/:]/g, '')
    .replace(/^IT(?=\d)/, '')
    .replace(/(?:MWST|TVA|IVA)$/, '');
  if (scheme === 'rea-it') return /^[A-Z]{2}\d{1,7}$/.test(compact);
  if (scheme === 'uid-ch') return stdnum.CH?.uid?.validate(compact).isValid ?? true;
  if (scheme === 'tax-it' && !/^\d+$/.test(compact)) return stdnum.IT?.codicefiscale?.validate(compact).isValid ?? true;
  return stdnum.IT?.iva?.validate(compact).isValid ?? true;
}
