import { describe, expect, it } from '@jest/globals';
import { coarsePlace, coarseSectors, givenAway } from './anonymity.js';

/** An invented firm. */
const FIRM = {
  name: 'Tessitura Nascosta S.r.l.',
  website: 'https://www.nascosta.example/chi-siamo',
  contact: { email: 'info@nascosta-posta.example' },
};
const IDENTIFIERS = ['00743110157', 'LC-123456'];
const NEED = { title: 'Telecamere', summary: 'Cerchiamo telecamere.', text: null, competences: [] };
const pointers = (words: string, firm: Partial<typeof FIRM> = {}) =>
  givenAway({ ...NEED, text: words }, { ...FIRM, ...firm }, IDENTIFIERS).map(({ pointer }) => pointer);

describe('What an unnamed firm writes', () => {
  it.each([
    'La tessitura nascosta cerca aiuto',
    'Siamo la TESSITURA NASCOSTA.',
    'P.IVA IT 00743110157',
    'REA LC 123456',
    'Vedi nascosta.example',
    'Scrivete a INFO@nascosta-posta.example',
  ])('is refused where it names the firm: %s', (words) => {
    expect(pointers(words)).toEqual(['/text']);
  });

  it('may use the same words otherwise', () => {
    expect(pointers('Una tessitura con una difettosità nascosta')).toEqual([]);
    expect(pointers('Analisi di acqua di processo', { name: 'Acqua S.p.A.' })).toEqual([]);
    expect(pointers('Noi di Acqua filtriamo', { name: 'Acqua S.p.A.' })).toEqual(['/text']);
  });

  it('is looked at in every field', () => {
    const firm = 'Tessitura Nascosta';
    const everywhere = { title: firm, summary: firm, text: firm, competences: [{ id: null, label: firm }] };
    expect(givenAway(everywhere, FIRM, []).map(({ pointer }) => pointer)).toEqual([
      '/title',
      '/summary',
      '/text',
      '/competences',
    ]);
  });
});

describe('Of an unnamed firm', () => {
  it('the region is told, and the divisions of its sectors in their own edition', () => {
    expect([coarsePlace('ITC43'), coarsePlace('CH070'), coarsePlace(null)]).toEqual(['ITC4', 'CH0', null]);
    const sectors = [
      { scheme: 'ATECO2025' as const, code: '28.41.00', nace: '28.41' },
      { scheme: 'NOGA2025' as const, code: '28.99', nace: '28.99' },
      { scheme: 'ATECO2007' as const, code: '13.20.00', nace: '13.20' },
    ];
    expect(coarseSectors(sectors)).toEqual([
      { scheme: 'NACE2.1', code: '28', nace: '28' },
      { scheme: 'NACE2', code: '13', nace: '13' },
    ]);
  });
});
