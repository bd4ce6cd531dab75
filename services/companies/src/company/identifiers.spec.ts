import { describe, expect, it } from '@jest/globals';
import { checkIdentifier, type Identifier, sameFirm } from './identifiers.js';

const check = (scheme: Identifier['scheme'], value: string) => checkIdentifier({ scheme, value });

describe('An identifier', () => {
  it.each([
    ['vat-it', '00743110157', '00743110157'],
    ['vat-it', 'IT 0074311 0157', '00743110157'],
    ['tax-it', '00743110157', '00743110157'],
    ['tax-it', 'rssmra85t10a562s', 'RSSMRA85T10A562S'],
    ['rea-it', 'LC 301234', 'LC-301234'],
    ['rea-it', 'lc-0301234', 'LC-301234'],
    ['uid-ch', 'CHE-100.155.212', 'CHE-100.155.212'],
    ['uid-ch', 'che100155212 mwst', 'CHE-100.155.212'],
    ['uid-ch', 'CHE-100.155.212 IVA', 'CHE-100.155.212'],
  ] as const)('of the scheme %s written %s is kept as %s', (scheme, value, kept) => {
    expect(check(scheme, value)).toEqual({ value: kept });
  });

  it.each([
    ['vat-it', '00743110158', 'these ten digits need 7'],
    ['vat-it', '0074311015', '11 digits, such as 00743110157'],
    ['vat-it', '00743115008', 'no office has the number 500'],
    ['vat-it', 'abcdefghijk', '11 digits'],
    ['tax-it', '00743110158', 'no valid codice fiscale'],
    ['tax-it', 'RSSMRA85T10A562T', 'check letter'],
    ['tax-it', 'RSSMRA85', '16 letters and digits'],
    ['rea-it', '301234', 'such as LC-301234'],
    ['uid-ch', 'CHE-100.155.213', 'these eight digits need 2'],
    ['uid-ch', '100.155.212', 'looks like CHE-100.155.212'],
    ['uid-ch', 'CHE-000.000.030', 'no check digit fits'],
  ] as const)('of the scheme %s written %s is refused with what would be right: %s', (scheme, value, hint) => {
    expect(check(scheme, value)).toEqual({ error: expect.stringContaining(hint) });
  });
});

describe('A newcomer', () => {
  const vat: Identifier = { scheme: 'vat-it', value: '12345670017' };
  const tax = (value: string): Identifier => ({ scheme: 'tax-it', value });
  const rea = (value: string): Identifier => ({ scheme: 'rea-it', value });

  it.each<[string, Identifier[], Identifier[], boolean]>([
    ['with no identifier in common is another firm', [rea('LC-1')], [vat, rea('LC-2')], false],
    ['with the same tax code is the same firm', [tax('00743110157')], [vat, tax('00743110157')], true],
    ['with the same REA number of several is the same firm', [rea('CO-2'), rea('LC-1')], [rea('LC-1')], true],
    ['with the same P.IVA and nothing else is taken for the same firm', [vat], [vat, tax('00743110157')], true],
    [
      'of the same VAT group with another tax code is another firm',
      [vat, tax(vat.value)],
      [vat, tax('00743110157')],
      false,
    ],
    ['of the same VAT group with another REA number is another firm', [vat, rea('LC-1')], [vat, rea('LC-2')], false],
    ['with a tax code that is not the P.IVA of the other is another firm', [vat, tax('00743110157')], [vat], false],
    ['with a tax code that is the P.IVA of the other is the same firm', [vat, tax(vat.value)], [vat], true],
  ])('%s', (_, newcomer, known, same) => {
    expect(sameFirm(newcomer, known)).toBe(same);
  });
});
