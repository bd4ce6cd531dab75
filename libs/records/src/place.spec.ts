import { describe, expect, it } from '@jest/globals';
import { settlePlace, unknownTerritories } from './place.js';

const lecco = { country: 'IT', territory: 'ITC43' };

describe('A place', () => {
  it.each([
    ['a country alone', { country: 'IT' }, { country: 'IT' }],
    ['a province of the country', lecco, lecco],
    ['a region of the country', { country: 'CH', territory: 'CH0' }, { country: 'CH', territory: 'CH0' }],
    // The provinces of other countries are not in the platform's lists.
    ['a province of another country', { country: 'DE', territory: 'DE212' }, { country: 'DE', territory: 'DE212' }],
    [
      'a country that NUTS writes in its own way',
      { country: 'GR', territory: 'EL303' },
      { country: 'GR', territory: 'EL303' },
    ],
  ])('may be %s', (_, input, changes) => {
    expect(settlePlace(input)).toEqual({ changes, errors: [] });
  });

  it.each([
    ['an unknown country', { country: 'QX' }, '/country'],
    ['an unknown territory', { country: 'IT', territory: 'ITC99' }, '/territory'],
    ['a territory of another country', { country: 'IT', territory: 'CH070' }, '/territory'],
  ])('is never %s', (_, input, pointer) => {
    expect(settlePlace(input)).toEqual({ changes: {}, errors: [{ pointer, detail: expect.any(String) }] });
  });

  it('follows a territory that is given alone into its country', () => {
    expect(settlePlace({ territory: 'CH070' }, lecco).changes).toEqual({ country: 'CH', territory: 'CH070' });
  });

  it('cannot leave the country of its territory without it', () => {
    expect(settlePlace({ country: 'CH' }, lecco).errors).toMatchObject([{ pointer: '/country' }]);
    expect(settlePlace({ country: 'CH', territory: null }, lecco).changes).toEqual({ country: 'CH', territory: null });
  });

  it('stays as it is when nothing is said of it', () => {
    expect(settlePlace({}, lecco)).toEqual({ changes: {}, errors: [] });
  });

  it('is looked up for each territory that is served', () => {
    expect(unknownTerritories(['ITC4', 'CH', 'ITC99', 'FR'])).toMatchObject([{ pointer: '/territories/2' }]);
  });
});
