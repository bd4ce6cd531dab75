import { describe, expect, it } from '@jest/globals';
import { cautionsOf } from './cautions.js';

const NOW = new Date('2026-11-22T12:00:00Z');
const parts = { competences: 0.4, text: 0.1, sector: 0, territory: 0.1, language: 0.1, availability: 0.1 };
const fine = { reasons: [], parts, missing: [] };
const reason = (code: string, text: string) => ({ code, text, params: {}, weight: 0 });

describe('Before one asks', () => {
  it('there is nothing to bear in mind where everything is well', () => {
    expect(
      cautionsOf(fine, { profileUpdatedAt: '2026-10-01T00:00:00Z', expiresAt: '2027-10-01T00:00:00Z' }, NOW),
    ).toEqual([]);
  });

  it('one is told of who is away or busy in the words of the platform, and not of what speaks for them', () => {
    const reasons = [reason('available', 'Disponibile ora'), reason('away', 'Assente fino al 2026-12-01')];
    expect(cautionsOf({ ...fine, reasons }, {}, NOW)).toEqual([
      { code: 'platform', text: 'Assente fino al 2026-12-01' },
    ]);
  });

  it('one is told of an absence that begins soon, and not of one far ahead or over', () => {
    const away = [
      { from: '2026-01-01', to: '2026-01-31' },
      { from: '2026-12-01', to: '2026-12-24' },
      { from: '2027-08-01', to: '2027-08-31' },
    ];
    expect(cautionsOf(fine, { away }, NOW)).toEqual([{ code: 'awaySoon', from: '2026-12-01', to: '2026-12-24' }]);
  });

  it('one is told of a missing language, missing competences, an old profile and a near end', () => {
    const suggestion = { reasons: [], parts: { ...parts, language: 0 }, missing: [{ id: 'optics', label: 'Ottica' }] };
    const known = { profileUpdatedAt: '2025-01-01T00:00:00Z', expiresAt: '2026-12-01T00:00:00Z' };
    expect(cautionsOf(suggestion, known, NOW).map(({ code }) => code)).toEqual([
      'language',
      'missing',
      'old',
      'expiring',
    ]);
  });
});
