import { describe, expect, it } from '@jest/globals';
import { needOf } from './need.js';
import { bestHits, filterOf, rarityOf, termQueries } from './term-queries.js';
import { understand } from './understanding.js';

const need = needOf(
  understand({
    text: 'Visione artificiale, tessuti tecnici, saldatura robotizzata, brevetti, energia fotovoltaica, stampaggio a iniezione di dispositivi medici',
  }),
  {},
);

describe('Queries of a need', () => {
  it('are at most 24, each of them one word or competence in quotes, save those that ask for several together', () => {
    const asked = termQueries(need, []);
    expect(asked.length).toBeLessThanOrEqual(24);
    for (const { kind, query } of asked) {
      if (kind === 'concept' || kind === 'term' || kind === 'near') expect(query.q).toMatch(/^"[^" ]+"$/);
    }
  });

  it('carry the filter, every one of them', () => {
    for (const { query } of termQueries(need, ['country = "IT"'])) expect(query.filter).toEqual(['country = "IT"']);
  });

  it('count a rare hit for more than a frequent one', () => {
    const asked = termQueries(need, []);
    const found = asked.map(({ kind }, at) => ({
      total: kind === 'all' ? 1000 : at % 2 === 0 ? 900 : 2,
      hits: kind === 'all' ? [] : [{ id: at % 2 === 0 ? 'often' : 'rare', revision: 1 }],
    }));
    expect(bestHits(asked, found, 1)).toMatchObject([{ id: 'rare' }]);
    const rarity = rarityOf(asked, found);
    const [first, second] = need.concepts;
    expect(rarity.concept(first!.id)).toBeGreaterThan(rarity.concept(second!.id));
  });
});

describe('Rarity', () => {
  const lone = needOf(understand({ text: 'zyzzyvations quokka', lang: 'it' }), {});
  const rarityBy = (totals: Record<string, number>) => {
    const asked = termQueries(lone, []);
    const found = asked.map(({ kind, query }) => ({
      total: kind === 'all' ? 1000 : (totals[query.q?.replaceAll('"', '') ?? ''] ?? 0),
      hits: [],
    }));
    return rarityOf(asked, found);
  };
  const stem = lone.terms.find((term) => term.word === 'zyzzyvations')!.stem;
  const { en } = lone.terms.find((term) => term.word === 'zyzzyvations')!.abroad;

  it('takes a word that nobody has as usual, not as the rarest of all', () => {
    expect(rarityBy({}).term(stem)).toBeLessThan(rarityBy({ [stem]: 1 }).term(stem));
  });

  it('takes a word as rare as the commonest of its forms', () => {
    expect(en).not.toBe(stem);
    const common = rarityBy({ [stem]: 300 }).term(stem);
    expect(rarityBy({ [stem]: 1, [en!]: 300 }).term(stem)).toBeCloseTo(common, 8);
    expect(rarityBy({ [stem]: 300, [en!]: 1 }).term(stem)).toBeCloseTo(common, 8);
  });
});

describe('Filters', () => {
  it('find a province by the beginning of its code, and those who serve the region around it', () => {
    expect(filterOf({ territories: ['ITC43'] }, [])).toEqual([
      'places IN ["ITC43"] OR served IN ["IT", "ITC", "ITC4", "ITC43"]',
    ]);
  });

  it('let nothing through for a competence that nobody knows', () => {
    expect(filterOf({ competences: ['quuxfoo'] }, [])).toEqual(['concepts IN ["-"] OR broader IN ["-"]']);
  });
});
