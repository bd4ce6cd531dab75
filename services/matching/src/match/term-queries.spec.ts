import { describe, expect, it } from '@jest/globals';
import type { Found } from '../index/search-engine.js';
import { copy, evidence, frequenciesOf, inWords, need, scaleOf } from './people.fixture.js';
import { bestHits, filterOf, termQueries } from './term-queries.js';

/** Invented evidence in two languages. */
const FREQUENCIES = frequenciesOf([
  copy({ competences: [inWords('Visione artificiale'), inWords('Saldatura robotizzata'), inWords('Brevetti')] }),
  copy({ languages: ['de'], competences: [inWords('Schweissroboter'), inWords('Spritzgiesswerkzeug')] }),
  ...Array.from({ length: 9 }, () => copy({ evidence: [evidence('1', 'Energia per tutti')] })),
]);
const SCALE = scaleOf(FREQUENCIES);
const LONG = need({
  text: 'Visione artificiale, tessuti tecnici, saldatura robotizzata, brevetti, energia fotovoltaica, stampaggio a iniezione di dispositivi medici',
});
const asked = (text: string, filter: string[] = []) => termQueries(need({ text }), filter, SCALE, FREQUENCIES);
const wordsOf = (list: ReturnType<typeof termQueries>, kind: string) =>
  list.filter((one) => one.kind === kind).map(({ query }) => query.q?.replaceAll('"', ''));

describe('Queries of a need', () => {
  it('are few, each of them one word or competence in quotes, save those that ask for several together', () => {
    const list = termQueries(LONG, [], SCALE, FREQUENCIES);
    expect(list.length).toBeLessThanOrEqual(50);
    for (const { kind, query } of list) if (kind !== 'together') expect(query.q).toMatch(/^"[^" ]+"$/);
  });

  it('carry the filter, every one of them', () => {
    const list = termQueries(LONG, ['country = "IT"'], SCALE, FREQUENCIES);
    for (const { query } of list) expect(query.filter).toEqual(['country = "IT"']);
  });

  it('ask only for words that some evidence has', () => {
    const words = wordsOf(asked('visione artificiale per la zyzzyva'), 'word');
    expect(words).toEqual(expect.arrayContaining(['vision', 'artificial']));
    expect(words.join()).not.toContain('zyzzyva');
  });

  it('ask in every language that has evidence, through the lexicon', () => {
    expect(wordsOf(asked('robot di saldatura', []), 'word')).toEqual(expect.arrayContaining(['schweiss', 'robot']));
  });

  it('ask for words that are only written alike: compounds and slips of the pen', () => {
    expect(wordsOf(asked('Wir suchen Spritzgiesswerkzeugbau'), 'alike')).toContain('spritzgiesswerkzeug');
  });

  it('count a rare word for more than a frequent one', () => {
    const list = asked('brevetti energia').filter(({ kind }) => kind === 'word');
    const found = list.map(({ query }): Found => {
      const id = query.q === '"brevett"' ? 'rare' : 'often';
      return { total: 1, hits: [{ id, revision: 1 }] };
    });
    expect(bestHits(list, found, 1)).toMatchObject([{ id: 'rare' }]);
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
