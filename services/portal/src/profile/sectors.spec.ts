import { describe, expect, it } from '@jest/globals';
import divisions from '../../../../libs/competences/src/divisions.json' with { type: 'json' };
import { codeChoices, sectorName, wordChoices } from './sectors.js';

describe('A sector', () => {
  it('is found by words of its name, whatever their accents', () => {
    const [first] = wordChoices('edition', 'CH', divisions, 'fr');
    expect(first).toMatchObject({ sector: { scheme: 'NOGA2025', code: '58' }, label: 'Édition' });
    expect(wordChoices('xyz', 'IT', divisions, 'it')).toEqual([]);
    expect(wordChoices(' ', 'IT', divisions, 'it')).toEqual([]);
  });

  it('is taken by its code, of the present list or of the one before', () => {
    expect(codeChoices('284100', 'IT', divisions, 'it').map(({ sector }) => sector)).toEqual([
      { scheme: 'ATECO2025', code: '28.41.00' },
      { scheme: 'ATECO2007', code: '28.41.00' },
    ]);
    expect(codeChoices('C 28.41', 'CH', divisions, 'de')[0]).toMatchObject({ hint: 'NOGA 2025 28.41' });
    expect(codeChoices('45.1', 'CH', divisions, 'de').map(({ sector }) => sector.scheme)).toEqual(['NOGA2008']);
    expect(codeChoices('2', 'IT', divisions, 'it')).toEqual([]);
    expect(codeChoices('00', 'IT', divisions, 'it')).toEqual([]);
  });

  it('has a name at any depth', () => {
    expect(sectorName('28.41.00', divisions, 'en')).toBe(sectorName('C28', divisions, 'en'));
  });
});
