import { describe, expect, it } from '@jest/globals';
import { Bm25 } from './bm25.js';
import { CharNgrams } from './char.js';
import type { Candidate, Corpus, Query } from './set.js';
import type { RankOptions, System } from './system.js';

const candidate = (id: string, texts: string[], textIds?: string[]): Candidate => ({ id, lang: 'en', texts, textIds });
const corpusOf = (candidates: Candidate[], more: Partial<Corpus> = {}): Corpus => ({
  name: 'invented',
  candidates,
  background: [],
  heldoutConcepts: new Set(),
  ...more,
});
const query = (text: string, excluded: string[] = []): Query => ({
  id: 'q',
  lang: 'en',
  text,
  excluded: new Set(excluded),
});

async function ranked(system: System, corpus: Corpus, asked: Query, options: Partial<RankOptions> = {}) {
  await system.open(corpus);
  return system.rank(asked, { limit: 10, ...options });
}
const ids = (list: { id: string }[]) => list.map(({ id }) => id);

describe('the baseline bm25', () => {
  it('computes BM25 of a text, divided by the stems of the query', async () => {
    const corpus = corpusOf([candidate('a', ['weaving weaving looms']), candidate('b', ['looms'])]);
    const [first] = await ranked(new Bm25(), corpus, query('weaving'));
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5));
    expect(first).toEqual({
      id: 'a',
      score: expect.closeTo((idf * 2 * 2.2) / (2 + 1.2 * (0.25 + (0.75 * 3) / 2)), 10),
    });
  });

  it('adds up pieces with ids of their own, but takes the best of several names', async () => {
    const texts = ['weaving of silk', 'weaving of wool'];
    const pieces = corpusOf([candidate('a', ['weaving'], ['t0']), candidate('b', texts, ['t1', 't2'])]);
    expect(ids(await ranked(new Bm25(), pieces, query('weaving')))).toEqual(['b', 'a']);
    const names = corpusOf([candidate('a', ['weaving']), candidate('b', texts)]);
    expect(ids(await ranked(new Bm25(), names, query('weaving')))).toEqual(['a', 'b']);
  });

  it('counts a shared piece once in the collection and at each owner', async () => {
    const shared = corpusOf([candidate('a', ['weaving'], ['t1']), candidate('b', ['weaving'], ['t1'])]);
    const [a, b] = await ranked(new Bm25(), shared, query('weaving'));
    expect(a?.score).toBe(b?.score);
    const single = corpusOf([candidate('a', ['weaving'], ['t1'])]);
    expect((await ranked(new Bm25(), single, query('weaving')))[0]?.score).toBe(a?.score);
  });

  it('lets background weigh words without ever ranking it', async () => {
    const background = [candidate('x', ['looms', 'looms and more'], ['x1', 'x2'])];
    const corpus = corpusOf([candidate('a', ['looms'], ['t1']), candidate('b', ['weaving'], ['t2'])], { background });
    expect(ids(await ranked(new Bm25(), corpus, query('weaving looms')))).toEqual(['b', 'a']);
  });
});

describe.each([
  ['bm25', () => new Bm25()],
  ['char', () => new CharNgrams()],
])('the baseline %s', (_, make) => {
  const corpus = corpusOf(
    [candidate('a', ['loom of silk', 'dyeing'], ['t1', 't2']), candidate('b', ['dyeing of silk'], ['t3'])],
    { profiles: new Map([['1', new Map([['a', new Set(['t2'])]])]]) },
  );

  it('takes an excluded text away at everybody', async () => {
    expect(ids(await ranked(make(), corpus, query('loom')))).toEqual(['a']);
    expect(ids(await ranked(make(), corpus, query('loom', ['t1'])))).toEqual([]);
  });

  it('looks only at what a sample leaves a candidate', async () => {
    expect(ids(await ranked(make(), corpus, query('dyeing silk')))).toHaveLength(2);
    expect(ids(await ranked(make(), corpus, query('dyeing silk'), { sample: '1' }))).toEqual(['a']);
    expect(ids(await ranked(make(), corpus, query('loom'), { sample: '1' }))).toEqual([]);
  });

  it('cuts at the limit, ties by id', async () => {
    const equal = corpusOf(['d', 'b', 'c', 'a'].map((id) => candidate(id, ['weaving'])));
    expect(ids(await ranked(make(), equal, query('weaving'), { limit: 3 }))).toEqual(['a', 'b', 'c']);
  });

  it('reads a language that the product does not know', async () => {
    const other = corpusOf([{ ...candidate('a', ['tkalstvo svile']), lang: 'sl' }]);
    expect(ids(await ranked(make(), other, { ...query('svile'), lang: 'sl' }))).toEqual(['a']);
  });
});

describe('the baseline char', () => {
  it('gives a text that is the query a cosine of 1, and finds parts of compounds', async () => {
    const corpus = corpusOf([candidate('a', ['Schweissnahtprüfung']), candidate('b', ['Tiefziehen'])]);
    const [first] = await ranked(new CharNgrams(), corpus, query('schweißnahtprüfung'));
    expect(first).toEqual({ id: 'a', score: expect.closeTo(1, 10) });
    expect(ids(await ranked(new CharNgrams(), corpus, query('Prüfung')))).toEqual(['a']);
  });
});
