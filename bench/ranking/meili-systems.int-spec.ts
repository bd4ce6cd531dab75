import { afterEach, describe, expect, it } from '@jest/globals';
import { testDirectory, testRun } from '#libs/testing';
import { cacheIn } from './cache.js';
import { MeiliRaw, MeiliTerms } from './meili-systems.js';
import { inOrder } from './metrics.js';
import type { Candidate, Corpus, Query } from './set.js';
import type { Surroundings, System } from './system.js';

const candidate = (id: string, texts: string[], textIds?: string[]): Candidate => ({ id, lang: 'en', texts, textIds });
const query = (text: string, excluded: string[] = []): Query => ({
  id: 'q',
  lang: 'en',
  text,
  excluded: new Set(excluded),
});
const corpusOf = (candidates: Candidate[], more: Partial<Corpus> = {}): Corpus => ({
  name: 'invented',
  candidates,
  background: [],
  heldoutConcepts: new Set(),
  ...more,
});
const PEOPLE = [
  candidate('a', ['weaving of silk', 'dyeing of wool'], ['t1', 't2']),
  candidate('b', ['dyeing of silk'], ['t3']),
  candidate('c', [], []),
];

describe.each([
  ['meili-raw', (surroundings: Surroundings) => new MeiliRaw(surroundings)],
  ['meili-terms', (surroundings: Surroundings) => new MeiliTerms(surroundings)],
])('the baseline %s', (_, make) => {
  let system: System | undefined;
  afterEach(async () => {
    await system?.close();
    system = undefined;
  });
  const opened = async (corpus: Corpus) => {
    const { meili, postgresUrl } = testRun();
    const cache = cacheIn(testDirectory('ranking-cache'));
    system = make({ meilisearch: meili, postgres: { url: postgresUrl }, cache, log: () => {} });
    await system.open(corpus);
    return async (asked: Query, sample?: string) => inOrder(await system!.rank(asked, { limit: 10, sample }));
  };

  it('takes an excluded text away at everybody', async () => {
    const ranked = await opened(corpusOf(PEOPLE));
    expect(await ranked(query('weaving silk'))).toContain('a');
    expect(await ranked(query('weaving', ['t1']))).toEqual([]);
    expect(await ranked(query('silk', ['t3']))).toEqual(['a']);
  });

  it('looks only at what a sample leaves a candidate', async () => {
    const profiles = new Map([['1', new Map([['b', new Set(['t3'])]])]]);
    const ranked = await opened(corpusOf(PEOPLE, { profiles }));
    expect(await ranked(query('dyeing'))).toEqual(['a', 'b']);
    expect(await ranked(query('dyeing'), '1')).toEqual(['b']);
  });

  it('adds up pieces with ids of their own, but takes the best of several names', async () => {
    const texts = ['weaving of silk', 'weaving of wool'];
    const pieces = await opened(corpusOf([candidate('a', ['weaving'], ['t0']), candidate('b', texts, ['t1', 't2'])]));
    expect(await pieces(query('weaving'))).toEqual(['b', 'a']);
    await system?.close();
    const names = await opened(corpusOf([candidate('a', ['weaving']), candidate('b', texts)]));
    expect((await names(query('weaving')))[0]).toBe('a');
  });

  it('ranks no background', async () => {
    const ranked = await opened(corpusOf(PEOPLE, { background: [candidate('x', ['casting of bronze'], ['t9'])] }));
    expect(await ranked(query('bronze'))).toEqual([]);
  });
});

describe('the baseline meili-terms', () => {
  it('does not stumble over words that nobody has', async () => {
    const { meili, postgresUrl } = testRun();
    const cache = cacheIn(testDirectory('ranking-cache'));
    const system = new MeiliTerms({ meilisearch: meili, postgres: { url: postgresUrl }, cache, log: () => {} });
    await system.open(corpusOf(PEOPLE));
    const ranked = await system.rank(query('zymurgy silk'), { limit: 10 });
    await system.close();
    expect(inOrder(ranked)).toEqual(['a', 'b']);
  });
});
