import { describe, expect, it } from '@jest/globals';
import {
  corrected,
  filterCount,
  PLACE_FILTERS,
  readSearch,
  requestOf,
  type Search,
  without,
  writeSearch,
} from './search.js';

const FIRM = { kind: 'firm', id: '01900000-0000-7000-8000-000000000001' };
const EXPERT = { kind: 'expert', id: '01900000-0000-7000-8000-000000000002' };
const COORDINATOR = { kind: 'coordinator' };
const read = (query: string, who: { kind: string; id?: string } = FIRM) => readSearch(new URLSearchParams(query), who);

describe('A search in the address', () => {
  it('is the same again after it was written and read', () => {
    const search: Search = {
      text: 'controllo di tessuti, 40 m/min',
      need: undefined,
      seek: 'partners',
      add: ['machine-vision'],
      not: ['weaving', 'textiles'],
      acrossBorder: true,
      country: 'CH',
      territories: ['CH070', 'ITC42'],
      languages: ['it', 'de'],
      sectors: ['13'],
      availableOnly: true,
    };
    expect(readSearch(writeSearch(search, FIRM), FIRM)).toEqual(search);
    expect(filterCount(search)).toBe(7);
  });

  it('says nothing that goes without saying', () => {
    expect(writeSearch(read(''), FIRM).toString()).toBe('');
    expect(writeSearch(read('', EXPERT), EXPERT).toString()).toBe('');
  });

  it('opens also when somebody has mangled it', () => {
    const search = read('seek=anything&country=Italia&in=CH070,../..,x&speaks=it,xx&sector=13,abc&need=5');
    expect(search).toEqual({ ...read(''), territories: ['CH070'], languages: ['it'], sectors: ['13'] });
  });
});

describe('What the platform is asked', () => {
  it('is what suits the profile while nothing is typed', () => {
    expect(requestOf(read(''), FIRM)).toEqual({ seek: 'experts', limit: 50, companyId: FIRM.id });
    expect(requestOf(read('', EXPERT), EXPERT)).toEqual({ seek: 'opportunities', limit: 50, expertId: EXPERT.id });
    expect(requestOf(read('', COORDINATOR), COORDINATOR)).toBeUndefined();
  });

  it('is the words once there are some, and a stored need before words', () => {
    expect(requestOf(read('q=laser'), FIRM)).toEqual({ seek: 'experts', limit: 50, text: 'laser' });
    expect(requestOf(read(`q=laser&need=${FIRM.id}`), FIRM)).toMatchObject({ opportunityId: FIRM.id });
    expect(requestOf(read(`q=laser&need=${FIRM.id}&seek=opportunities`), FIRM)).toMatchObject({ text: 'laser' });
  });

  it('has the filters that are set, and only those', () => {
    expect(requestOf(read('q=laser&in=CH070&speaks=de&free=1&prefer=cross-border'), FIRM)).toEqual({
      seek: 'experts',
      limit: 50,
      text: 'laser',
      prefer: 'cross-border',
      filters: { territories: ['CH070'], languages: ['de'], availableOnly: true },
    });
  });

  it('is asked without its place, or its languages, for the counts beside these', () => {
    const request = requestOf(read('q=laser&in=CH070&country=CH&speaks=de'), FIRM)!;
    expect(without(request, PLACE_FILTERS).filters).toEqual({ languages: ['de'] });
    expect(without(request, ['languages']).filters).toEqual({ country: 'CH', territories: ['CH070'] });
    const placed = requestOf(read('q=laser&in=CH070'), FIRM)!;
    expect(without(placed, PLACE_FILTERS)).toEqual(requestOf(read('q=laser'), FIRM));
    expect(without(placed, ['languages'])).toEqual(placed);
  });
});

describe('Corrections of what was understood', () => {
  it('put in and take out, and hold while the words change', () => {
    const by = { add: ['optics'], not: ['weaving'] };
    expect(corrected(['machine-vision', 'weaving'], by)).toEqual(['machine-vision', 'optics']);
    expect(corrected(['textiles'], by)).toEqual(['textiles', 'optics']);
  });

  it('can leave nothing', () => {
    expect(corrected(['weaving'], { add: [], not: ['weaving'] })).toEqual([]);
  });
});
