import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  countryName,
  countryOf,
  findTerritory,
  isTerritory,
  nearness,
  regionOf,
  territoryCodes,
  territoryLabel,
} from './territories.js';

describe('territories', () => {
  it('holds the 107 Italian provinces and the 26 Swiss cantons', () => {
    expect(territoryCodes('IT')).toHaveLength(107);
    expect(territoryCodes('CH')).toHaveLength(26);
    for (const code of territoryCodes()) expect(territoryLabel(code, 'it')).toBeTruthy();
  });

  it('names them in the reader’s language', () => {
    expect(territoryLabel('ITC43', 'de')).toBe('Lecco');
    expect(territoryLabel('CH070', 'de')).toBe('Tessin');
    expect(territoryLabel('CH056', 'it')).toBe('Grigioni');
    expect(territoryLabel('ITC4C', 'fr')).toBe('Milan');
    expect(territoryLabel('ITC4', 'en')).toBe('Lombardy');
    expect(territoryLabel('CH', 'it')).toBe('Svizzera');
    expect(territoryLabel('XX999', 'it')).toBeUndefined();
  });

  it('tells the country, and what is a territory at all', () => {
    expect(countryOf('ITC43')).toBe('IT');
    expect(countryOf('CH070')).toBe('CH');
    expect(countryOf('ITC99')).toBeUndefined();
    expect(isTerritory('CH070')).toBe(true);
    expect(isTerritory('DE')).toBe(true);
    expect(isTerritory('')).toBe(false);
    expect(isTerritory('ITC45')).toBe(false);
    expect(countryName('FR', 'de')).toBe('Frankreich');
    expect(countryName('X1', 'de')).toBeUndefined();
  });

  it.each([
    ['ZH', 'CH040'],
    ['Zürich', 'CH040'],
    ['Zurigo', 'CH040'],
    ['zuerich', 'CH040'],
    ['Winterthur', 'CH040'],
    ['VD', 'CH011'],
    ['Vaud', 'CH011'],
    ['Lausanne', 'CH011'],
    ['Genève', 'CH013'],
    ['Geneva', 'CH013'],
    ['TI', 'CH070'],
    ['Ticino', 'CH070'],
    ['Lugano', 'CH070'],
    ['Luzern', 'CH061'],
    ['Lucerne', 'CH061'],
    ['Wallis', 'CH012'],
    ['Valais / Wallis', 'CH012'],
    ['Fribourg', 'CH022'],
    ['Freiburg', 'CH022'],
    ['Freibourg', 'CH022'],
    ['Canton Ticino', 'CH070'],
    ['Kanton Zürich', 'CH040'],
    ['St. Gallen', 'CH055'],
    ['LC', 'ITC43'],
    ['Merate (LC)', 'ITC43'],
    ['provincia di Como', 'ITC42'],
    ['Reggio Emilia', 'ITH53'],
    ["L'Aquila", 'ITF11'],
    ['ITC43', 'ITC43'],
    ['Lombardia', 'ITC4'],
  ])('finds «%s»', (name, code) => {
    expect(findTerritory(name)).toBe(code);
  });

  it('does not guess at a sign that both countries use', () => {
    expect(findTerritory('GE')).toBeUndefined();
    expect(findTerritory('GE', 'CH')).toBe('CH013');
    expect(findTerritory('GE', 'IT')).toBe('ITC33');
    expect(findTerritory('SO', 'IT')).toBe('ITC44');
    expect(findTerritory('FR', 'CH')).toBe('CH022');
  });

  it.each(['Abroad', '', '  ', 'Atlantis', '__proto__', '🙂'])('finds nothing for «%s»', (name) => {
    expect(findTerritory(name)).toBeUndefined();
  });

  it('measures nearness on both sides of the border', () => {
    expect(nearness('ITC43', 'ITC43')).toBe(1);
    expect(nearness('ITC42', 'CH070')).toBe(0.7);
    expect(nearness('CH070', 'ITC42')).toBe(0.7);
    expect(nearness('ITC44', 'CH056')).toBe(0.7);
    expect(nearness('ITC43', 'ITC47')).toBe(0.5);
    expect(nearness('ITC43', 'ITC4')).toBe(0.5);
    expect(nearness('ITC43', 'ITI43')).toBe(0.3);
    expect(nearness('CH070', 'CH013')).toBe(0.3);
    expect(nearness('ITC43', 'CH013')).toBe(0);
  });

  it('cuts a territory to its region, and names that too', () => {
    expect(['ITC43', 'CH070', 'CH011', 'IT', 'ITC4'].map(regionOf)).toEqual(['ITC4', 'CH0', 'CH0', 'IT', 'ITC4']);
    expect([territoryLabel('ITC4', 'it'), territoryLabel('CH0', 'it')]).toEqual(['Lombardia', 'Svizzera']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (name) => void [findTerritory(name), territoryLabel(name, 'it'), isTerritory(name), nearness(name, name)],
      ),
    );
  });
});
