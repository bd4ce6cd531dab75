import { stdnum, type Validator } from 'stdnum';
import type { z } from 'zod';
import type { identifierSchema } from '#libs/contracts';

export type Identifier = z.infer<typeof identifierSchema>;
export type Scheme = Identifier['scheme'];

type Checked = { value: string } | { error: string };

const iva = validator('IT', 'iva');
const codiceFiscale = validator('IT', 'codicefiscale');
const uid = validator('CH', 'uid');

/** Checks the check digits of an identifier and brings it into the one form in which it is kept and compared. */
export function checkIdentifier({ scheme, value }: Identifier): Checked {
  const compact = value.toUpperCase().replace(/[\s.\-/:]/g, '');
  switch (scheme) {
    case 'vat-it':
      return vatIt(compact.replace(/^IT/, ''));
    case 'tax-it':
      return taxIt(compact);
    case 'rea-it':
      return reaIt(compact);
    case 'uid-ch':
      return uidCh(compact.replace(/(MWST|TVA|IVA)$/, ''));
  }
}

/**
 * Whether a newcomer is a firm that is known already. The members of a VAT group share a P.IVA and are still different firms: an identifier of another
 * scheme that both have tells them apart, or a tax code of the newcomer's own where none is known of the other, which then mostly is its P.IVA.
 */
export function sameFirm(newcomer: readonly Identifier[], known: readonly Identifier[]): boolean {
  const shared = newcomer.filter((one) =>
    known.some(({ scheme, value }) => one.scheme === scheme && one.value === value),
  );
  if (shared.length === 0) return false;
  if (shared.some(({ scheme }) => scheme !== 'vat-it')) return true;
  // Nothing but the P.IVA is shared, so a scheme that both have already tells them apart.
  const bothHave = (scheme: Scheme) => valuesOf(newcomer, scheme).length > 0 && valuesOf(known, scheme).length > 0;
  if (bothHave('tax-it') || bothHave('rea-it') || bothHave('uid-ch')) return false;
  const taxCodes = valuesOf(newcomer, 'tax-it');
  return taxCodes.length === 0 || taxCodes.some((code) => valuesOf(known, 'vat-it').includes(code));
}

function valuesOf(identifiers: readonly Identifier[], scheme: Scheme): string[] {
  return identifiers.filter((one) => one.scheme === scheme).map(({ value }) => value);
}

function vatIt(digits: string): Checked {
  if (iva.validate(digits).isValid) return { value: digits };
  if (!/^\d{11}$/.test(digits)) return { error: 'a Partita IVA has 11 digits, such as 00743110157' };
  const right = luhnDigit(digits.slice(0, 10));
  if (right !== digits[10]) {
    return { error: `is no valid Partita IVA: its check digit is ${digits[10]}, these ten digits need ${right}` };
  }
  return { error: `is no valid Partita IVA: no office has the number ${digits.slice(7, 10)} (digits 8 to 10)` };
}

function taxIt(code: string): Checked {
  if (/^\d{11}$/.test(code)) {
    const checked = vatIt(code);
    return 'value' in checked ? checked : { error: checked.error.replace('Partita IVA', 'codice fiscale') };
  }
  if (codiceFiscale.validate(code).isValid) return { value: code };
  if (code.length !== 16) {
    return { error: 'a codice fiscale has 11 digits (companies) or 16 letters and digits (sole traders)' };
  }
  return { error: 'is no valid codice fiscale: its form or its last letter, the check letter, is wrong' };
}

function reaIt(code: string): Checked {
  const [, province, number] = /^([A-Z]{2})0*(\d{1,7})$/.exec(code) ?? [];
  if (province && number) return { value: `${province}-${number}` };
  return { error: 'a REA number is the sign of the chamber and up to seven digits, such as LC-301234' };
}

function uidCh(code: string): Checked {
  if (uid.validate(code).isValid) return { value: uid.format(code) };
  if (!/^CHE\d{9}$/.test(code)) return { error: 'a UID looks like CHE-100.155.212, with or without MWST, TVA or IVA' };
  const right = uidDigit(code.slice(3, 11));
  if (right === undefined) return { error: 'is no valid UID: no check digit fits its first eight digits' };
  return { error: `is no valid UID: its check digit is ${code[11]}, these eight digits need ${right}` };
}

function luhnDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

function uidDigit(digits: string): string | undefined {
  const weights = [5, 4, 3, 2, 7, 6, 5, 4];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? undefined : String(digit);
}

function validator(country: string, name: string): Validator {
  const found = stdnum[country]?.[name];
  if (!found) throw new Error(`stdnum has no rule ${country} ${name}`);
  return found;
}
