import { expect, it } from '@jest/globals';
import { countsOf, placesOf, toggled } from './facets.js';

const at = (country: string, territory: string | null) => ({
  subject: { type: 'expert' as const, id: 'x', name: 'x', country, territory },
});

it('Places are counted, most first, and a chosen place stays where nobody is', () => {
  const { countries, territories } = countsOf([
    at('CH', 'CH070'),
    at('IT', 'ITC42'),
    at('CH', 'CH070'),
    at('CH', null),
  ]);
  expect([...countries]).toEqual([
    ['CH', 3],
    ['IT', 1],
  ]);
  expect(placesOf(territories, ['ITC43'])).toEqual([
    ['CH070', 2],
    ['ITC42', 1],
    ['ITC43', 0],
  ]);
});

it('What is ticked is in the list, and out of it when it is ticked again', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
