import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headlineOf } from './headline.js';
import { loadSet } from './load-set.js';
import { querySplit } from './set.js';

const files = {
  'candidates.jsonl':
    '{"id":"c1","lang":"it","texts":["uno","due"],"text_ids":["t1","t2"],"concept":"urn:x","surprise":1}\n{"id":"c2","lang":"sl","texts":[]}\n',
  'queries.jsonl':
    '\uFEFF{"id":"q1","lang":"de","text":"eins","split":"val"}\r\n\n{"id":"q2","lang":"fr","text":"un","split":"test"}',
  'qrels.tsv': 'q1\tc1\t4.75\nq2\tc2\t0\n',
};

describe('a set read from its folder', () => {
  let dir: string;
  const write = (more: Record<string, string> = {}) => {
    for (const [name, text] of Object.entries({ ...files, ...more })) writeFileSync(join(dir, name), text);
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ranking-set-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('has all that the files say, by whatever name the folder goes', () => {
    write({
      'background.jsonl': '{"id":"b1","lang":"it","texts":["tre"],"text_ids":["t3"]}',
      'excluded_texts.tsv': 'q1\tt1\nq1\tt3\n',
      'profiles.tsv': '1\tc1\tt2\n2\tc1\tt1\n2\tc1\tt2\n',
      'heldout_concepts.tsv': 'o1\turn:held\n',
    });
    const { corpus, queries, grades } = loadSet(dir);
    expect(corpus.name).toBe(basename(dir));
    expect(corpus.candidates[0]).toMatchObject({ id: 'c1', textIds: ['t1', 't2'], concept: 'urn:x' });
    expect(corpus.background).toHaveLength(1);
    expect(corpus.heldoutConcepts).toEqual(new Set(['o1', 'urn:held']));
    expect(corpus.profiles?.get('2')?.get('c1')).toEqual(new Set(['t1', 't2']));
    expect(queries.map(({ text }) => text)).toEqual(['eins', 'un']);
    expect(queries[0]?.excluded).toEqual(new Set(['t1', 't3']));
    expect(grades.get('q1')?.get('c1')).toBe(4.75);
  });

  it.each([
    [
      'candidates.jsonl',
      '{"id":"c1","lang":"it","texts":[]}\n{"id":"c1","lang":"it","texts":[]}',
      'line 2: candidate c1',
    ],
    ['candidates.jsonl', '{"id":"c1","lang":"it","texts":["a"],"text_ids":[]}', 'line 1: text_ids'],
    ['candidates.jsonl', '{"id":"c1","lang":"it"}', 'line 1: texts'],
    ['candidates.jsonl', '\n{"id":', 'line 2: is not one JSON object'],
    ['queries.jsonl', '{"id":"q1","lang":"de"}', 'line 1: text'],
    ['qrels.tsv', 'q1\tc1\t1\nq1\tc9\t1\n', 'line 2: there is no candidate c9'],
    ['qrels.tsv', 'q7\tc1\t1\n', 'line 1: there is no query q7'],
    ['qrels.tsv', 'q1\tc1\tgood\n', 'line 1: «good» is not a grade'],
    ['qrels.tsv', 'q1 c1 1\n', 'line 1: 3 columns are wanted, 1 found'],
    ['excluded_texts.tsv', 'q1\tt9\n', 'line 1: there is no text t9'],
    ['profiles.tsv', '1\tc2\tt1\n', 'line 1: there is no text of c2 t1'],
  ])('names file and line of a fault in %s', (name, text, fault) => {
    write({ [name]: text });
    expect(() => loadSet(dir)).toThrow(`${join(dir, name)}, ${fault}`);
  });

  it('says which file is missing', () => {
    expect(() => loadSet(dir)).toThrow(`${join(dir, 'candidates.jsonl')} is missing`);
    expect(() => loadSet(join(dir, 'no'))).toThrow('is not a folder');
  });

  it('reports the queries marked test, all where none is marked, and what is wished', () => {
    write();
    const ids = (split?: 'val' | 'all') => querySplit(loadSet(dir), split).queries.map(({ id }) => id);
    expect(ids()).toEqual(['q2']);
    expect(ids('val')).toEqual(['q1']);
    expect(ids('all')).toEqual(['q1', 'q2']);
    write({ 'queries.jsonl': '{"id":"q1","lang":"de","text":"a"}\n{"id":"q2","lang":"de","text":"b"}' });
    expect(ids()).toEqual(['q1', 'q2']);
    expect(() => ids('val')).toThrow('no query belongs to the split «val»');
  });

  it.each([
    ['* Headline: MAP.\n* MRR: mean of 1/rank', 'MAP'],
    ['* Headline, by surface: MRR and A@10 (as published)', 'MRR'],
    ['* RP@k: relevant among the first k. RP@5 is the headline.\n* MRR', 'RP@5'],
    ['no word of it', 'nDCG@10'],
    ['* Headline: F1.', 'nDCG@10'],
  ])('takes the headline from its README: «%s»', (readme, headline) => {
    write({ 'README.md': readme });
    expect(headlineOf(loadSet(dir))).toBe(headline);
  });

  it('has the loss for headline where it has profiles', () => {
    write({ 'README.md': '* Headline: MAP.', 'profiles.tsv': '1\tc1\tt2\n' });
    expect(headlineOf(loadSet(dir))).toBe('loss');
  });
});
