import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type NaceSector, naceOf, sectorLabel, sectorNearness } from './sectors.js';

const at = (code: string, scheme: Parameters<typeof naceOf>[0]['scheme'] = 'ATECO2025') =>
  naceOf({ scheme, code }) as NaceSector;

describe('sector codes', () => {
  it.each(['28.41.00', '284100', '28.41', '2841', 'C28.41', 'c 28.41.00'])('reads %s as class 28.41', (code) => {
    expect(at(code)).toEqual({ nace: '28.41', division: '28', section: 'C', revision: '2.1' });
  });

  it('reads groups and divisions as deep as they go', () => {
    expect(at('28.4').nace).toBe('28.4');
    expect(at('28').nace).toBe('28');
    expect(at('C28').nace).toBe('28');
    expect(at('28.00.00').nace).toBe('28');
  });

  it('puts back the zero that a spreadsheet swallowed', () => {
    expect(at('1.11.00').nace).toBe('01.11');
  });

  it.each(['', '0', '4', '00', '04.11', '34', 'A28', 'X28.41', '28.41.00.1', '28-41', 'abc', '28.411.0', '२८'])(
    'refuses «%s»',
    (code) => {
      expect(at(code)).toBeUndefined();
    },
  );

  it('knows that division 45 exists in Rev. 2 only, and that the sections moved', () => {
    expect(at('45.11', 'NOGA2008')).toMatchObject({ section: 'G', revision: '2' });
    expect(at('45.11', 'NOGA2025')).toBeUndefined();
    expect(at('62.10', 'NACE2.1').section).toBe('K');
    expect(at('62.01', 'ATECO2007').section).toBe('J');
  });

  it('measures nearness by the depth of what two codes share', () => {
    expect(sectorNearness(at('28.41'), at('284100', 'NOGA2025'))).toBe(1);
    expect(sectorNearness(at('28.41'), at('28.42'))).toBe(0.8);
    expect(sectorNearness(at('28.4'), at('28.42'))).toBe(0.8);
    expect(sectorNearness(at('28.41'), at('28.99'))).toBe(0.6);
    expect(sectorNearness(at('28.41'), at('13.20'))).toBe(0.3);
    expect(sectorNearness(at('28.41'), at('62.10'))).toBe(0);
  });

  it('never equates classes of different revisions', () => {
    expect(sectorNearness(at('28.41'), at('28.41', 'ATECO2007'))).toBe(0.6);
    expect(sectorNearness(at('62.10'), at('63.11', 'NOGA2008'))).toBe(0.3);
  });

  it('names divisions in four languages', () => {
    expect(sectorLabel('13', 'it')).toBe('Industria tessile');
    expect(sectorLabel('28.41.00', 'de')).toBe('Maschinenbau');
    expect(sectorLabel('C28', 'fr')).toBe('Machines et équipements');
    expect(sectorLabel('62', 'en')).toBe('Software and IT consultancy');
    expect(sectorLabel('04', 'it')).toBeUndefined();
    expect(sectorLabel('', 'it')).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (code) => void [naceOf({ scheme: 'ATECO2025', code }), sectorLabel(code, 'it')]),
    );
  });
});
