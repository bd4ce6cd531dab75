import { expect, it } from '@jest/globals';
import { countsOf, toggled, valuesOf } from './facets.js';

const one = (
  country: string,
  territory: string | null,
  languages: ('it' | 'de' | 'fr' | 'en')[],
  sectors: string[],
) => ({
  subject: { type: 'expert' as const, id: 'x', name: 'x', country, territory, languages, sectors },
});
const ITEMS = [
  one('CH', 'CH070', ['it', 'de'], ['13', '62']),
  one('IT', 'ITC42', ['it'], ['62']),
  one('CH', 'CH070', ['de'], []),
  one('CH', null, [], ['13']),
];

it('Each value of a facet is counted once for everybody who has it', () => {
  expect([...countsOf('countries', ITEMS)]).toEqual([
    ['CH', 3],
    ['IT', 1],
  ]);
  expect([...countsOf('territories', ITEMS)]).toEqual([
    ['CH070', 2],
    ['ITC42', 1],
  ]);
  expect([...countsOf('languages', ITEMS)]).toEqual([
    ['it', 2],
    ['de', 2],
  ]);
  expect([...countsOf('sectors', ITEMS)]).toEqual([
    ['13', 2],
    ['62', 2],
  ]);
});

it('Values are listed most first, and a chosen one stays where nobody is left', () => {
  expect(valuesOf(countsOf('territories', ITEMS), ['ITC43'])).toEqual([
    ['CH070', 2],
    ['ITC42', 1],
    ['ITC43', 0],
  ]);
});

it('What is ticked is in the list, and out of it when it is ticked again', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
