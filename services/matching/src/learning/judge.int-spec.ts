import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type TestDatabase, templateDatabase } from '#libs/testing';
import { dataSourceOptions } from '../data-source.js';
import { type Judgement, judge } from './judge.js';

const at = (day: number) => new Date(Date.UTC(2026, 0, day));

describe('An answer to a suggestion', () => {
  let database: TestDatabase;
  let source: DataSource;
  let suggestionId: string;

  beforeAll(async () => {
    database = await templateDatabase('matching', dataSourceOptions(''));
    source = await new DataSource(dataSourceOptions(database.url)).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await source.query('DELETE FROM judged_pair');
    suggestionId = uuid();
    await source.query(
      `INSERT INTO suggestion (id, opportunity_id, company_id, subject_type, subject_id, rank, score, parts, contributions, missing, places, inputs, weights_version, features)
       VALUES ($1, $1, $1, 'expert', $1, 1, 0.5, '{}', '[]', '{}', '{}', '{}', 'w1', '{"text": 0.5}')`,
      [suggestionId],
    );
  });
  const kept = async (judgements: Omit<Judgement, 'suggestionId'>[]) => {
    for (const one of judgements) await judge(source.manager, { suggestionId, ...one });
    return source.query('SELECT verdict, reason, label, features, weights_version FROM judged_pair');
  };
  const made = { features: { text: 0.5 }, weights_version: 'w1' };

  it('is kept once, however often it is told', async () => {
    const accepted = { verdict: 'accepted', at: at(1) } as const;
    expect(await kept([accepted, accepted])).toEqual([{ verdict: 'accepted', reason: null, label: 0.8, ...made }]);
  });

  it('is replaced by a weightier or later one, in whatever order they come', async () => {
    const told: Omit<Judgement, 'suggestionId'>[] = [
      { verdict: 'dismissed', at: at(1) },
      { verdict: 'declined', reason: 'not-my-field', at: at(2) },
      { verdict: 'agreed', at: at(4) },
      { verdict: 'accepted', at: at(3) },
      { verdict: 'declined', reason: 'other', at: at(5) },
    ];
    const agreed = [{ verdict: 'agreed', reason: null, label: 1, ...made }];
    expect(await kept(told)).toEqual(agreed);
    await source.query('DELETE FROM judged_pair');
    expect(await kept(told.toReversed())).toEqual(agreed);
    await source.query('DELETE FROM judged_pair');
    expect(await kept([told[1]!, told[0]!])).toEqual([
      { verdict: 'declined', reason: 'not-my-field', label: 0, ...made },
    ]);
  });

  it('to a suggestion that nobody knows leaves nothing', async () => {
    await judge(source.manager, { suggestionId: uuid(), verdict: 'agreed', at: at(1) });
    expect(await source.query('SELECT 1 FROM judged_pair')).toEqual([]);
  });
});
