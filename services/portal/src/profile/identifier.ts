import type { Schemas } from '../api/client.js';

export type Scheme = Schemas['Company']['identifiers'][number]['scheme'];
export interface Identifier {
  scheme: Scheme;
  value: string;
}

/** What is to be said of a number while it is typed. */
export type Standing =
  | { is: 'blank' }
  /** So many characters are still missing. */
  | { is: 'short'; missing: number }
  | { is: 'long' }
  /** Something stands in it that such a number cannot have. */
  | { is: 'malformed' }
  /** As long as it must be, but its check digit says that it was mistyped. */
  | { is: 'wrong' }
  /** It is valid, and this is how it is written. */
  | { is: 'valid'; written: string };

/** The rules by which check digits are reckoned; the library of the server has them too. */
export interface CheckDigits {
  iva: (digits: string) => boolean;
  taxCode: (code: string) => boolean;
  uid: (code: string) => boolean;
}

/** Loads the rules when the first number is typed: most visits need none. */
export async function checkDigits(): Promise<CheckDigits> {
  const [iva, codiceFiscale, uid] = await Promise.all([
    import('stdnum/lib/esm/it/iva.js'),
    import('stdnum/lib/esm/it/codicefiscale.js'),
    import('stdnum/lib/esm/ch/uid.js'),
  ]);
  return {
    iva: (digits) => iva.validate(digits).isValid,
    taxCode: (code) => codiceFiscale.validate(code).isValid,
    uid: (code) => uid.validate(code).isValid,
  };
}

/** Judges a number as far as it is typed. Without `check` (not loaded yet) its form alone counts, and it is not called valid. */
export function standing({ scheme, value }: Identifier, check: CheckDigits | undefined): Standing {
  const compact = value.toUpperCase().replace(/[\s.\-/:]/g, '');
  if (compact === '') return { is: 'blank' };
  switch (scheme) {
    case 'vat-it':
      return italian(compact.replace(/^IT(?=\d|$)/, ''), check);
    case 'tax-it':
      return /^\d+$/.test(compact) ? italian(compact, check) : ofPerson(compact, check);
    case 'uid-ch':
      return swiss(compact.replace(/(?:MWST|TVA|IVA)$/, ''), check);
    case 'rea-it':
      return ofChamber(compact);
  }
}

/** A number as the API takes it: who has typed the digits of a UID alone means the whole. */
export function whole({ scheme, value }: Identifier): Identifier {
  const text = value.trim();
  return { scheme, value: scheme === 'uid-ch' && /^\d/.test(text) ? `CHE-${text}` : text };
}

function italian(digits: string, check: CheckDigits | undefined): Standing {
  if (!/^\d*$/.test(digits)) return { is: 'malformed' };
  return ofLength(digits, 11) ?? judged(check?.iva(digits), digits);
}

/** Sole traders have the code of a person: letters and digits. */
function ofPerson(code: string, check: CheckDigits | undefined): Standing {
  if (!/^[A-Z0-9]*$/.test(code)) return { is: 'malformed' };
  return ofLength(code, 16) ?? judged(check?.taxCode(code), code);
}

function swiss(code: string, check: CheckDigits | undefined): Standing {
  // Who types the digits alone means the same.
  const full = /^\d/.test(code) ? `CHE${code}` : code;
  if (!/^(?:C|CH|CHE\d*)$/.test(full)) return { is: 'malformed' };
  const digits = full.slice(3);
  const grouped = digits.replace(/(\d{3})(?=\d)/g, '$1.');
  return ofLength(digits, 9) ?? judged(check?.uid(full), `CHE-${grouped}`);
}

function ofChamber(code: string): Standing {
  const [, province, number] = /^([A-Z]{2})0*(\d{1,7})$/.exec(code) ?? [];
  if (province && number) return { is: 'valid', written: `${province}-${number}` };
  if (/^[A-Z]{1,2}$/.test(code)) return { is: 'short', missing: 3 - code.length };
  return { is: 'malformed' };
}

function ofLength(code: string, length: number): Standing | undefined {
  if (code.length < length) return { is: 'short', missing: length - code.length };
  return code.length > length ? { is: 'long' } : undefined;
}

function judged(right: boolean | undefined, written: string): Standing {
  if (right === undefined) return { is: 'short', missing: 0 };
  return right ? { is: 'valid', written } : { is: 'wrong' };
}
