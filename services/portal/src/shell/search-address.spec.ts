import { expect, it } from '@jest/globals';
import { readSearch } from '../find/search.js';
import { type SavedSearch, searchAddress } from './search-address.js';

it('A saved search leads to a search for the same', () => {
  const saved = {
    seek: 'partners',
    text: 'taglio laser & saldatura',
    competences: ['laser-cutting', 'welding'],
    filters: {
      country: 'CH',
      territories: ['CH070'],
      languages: ['de'],
      sectors: ['28.41', '25'],
      availableOnly: true,
    },
    prefer: 'cross-border',
  } as SavedSearch;
  const { searchParams } = new URL(searchAddress(saved), 'http://here');
  expect(readSearch(searchParams, { kind: 'firm', id: 'f' })).toEqual({
    text: saved.text,
    need: undefined,
    seek: 'partners',
    add: saved.competences,
    not: [],
    acrossBorder: true,
    country: 'CH',
    territories: ['CH070'],
    languages: ['de'],
    sectors: ['28', '25'],
    availableOnly: true,
  });
  const bare = {
    seek: 'experts',
    text: 'laser',
    competences: [],
    filters: null,
    prefer: null,
  } as unknown as SavedSearch;
  expect(searchAddress(bare)).toBe('/find?q=laser&seek=experts');
});
