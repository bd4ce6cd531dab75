import { describe, expect, it } from '@jest/globals';
import { checkDigits, type Scheme, standing } from './identifier.js';

describe('A number of the register, while it is typed', () => {
  it.each<[Scheme, string, object]>([
    ['vat-it', '', { is: 'blank' }],
    ['vat-it', '0074311', { is: 'short', missing: 4 }],
    ['vat-it', 'IT 0074311 0157', { is: 'valid', written: '00743110157' }],
    ['vat-it', '00743110158', { is: 'wrong' }],
    ['vat-it', '007431101578', { is: 'long' }],
    ['vat-it', '0074311015x', { is: 'malformed' }],
    ['tax-it', '00743110157', { is: 'valid', written: '00743110157' }],
    ['tax-it', 'RSSMRA', { is: 'short', missing: 10 }],
    ['uid-ch', 'CH', { is: 'short', missing: 9 }],
    ['uid-ch', '100.155.212', { is: 'valid', written: 'CHE-100.155.212' }],
    ['uid-ch', 'che-100.155.212 mwst', { is: 'valid', written: 'CHE-100.155.212' }],
    ['uid-ch', 'CHE-100.155.213', { is: 'wrong' }],
    ['uid-ch', 'FL-1', { is: 'malformed' }],
    ['rea-it', 'lc 301234', { is: 'valid', written: 'LC-301234' }],
    ['rea-it', 'L', { is: 'short', missing: 2 }],
    ['rea-it', '301234', { is: 'malformed' }],
  ])('%s «%s»', async (scheme, value, expected) => {
    expect(standing({ scheme, value }, await checkDigits())).toEqual(expected);
  });

  it('is called neither right nor wrong before its rules are loaded', () => {
    expect(standing({ scheme: 'vat-it', value: '00743110158' }, undefined)).toEqual({ is: 'short', missing: 0 });
  });
});
