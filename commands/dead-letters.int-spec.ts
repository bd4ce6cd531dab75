import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { messagingMigrations } from '#libs/messaging';
import { type TestDatabase, templateDatabase } from '#libs/testing';
import { deadLetters } from './dead-letters.js';

const ID = '0192f0c0-0000-7a00-8000-000000000001';

describe('The dead-letters command', () => {
  let database: TestDatabase;
  let source: DataSource;
  const run = async (action: string | undefined, ids: string[] = [], all = false): Promise<string> => {
    const lines: string[] = [];
    await deadLetters(source.manager, { action, ids, all, by: 'a tester' }, (line) => lines.push(line));
    return lines.join('\n');
  };

  beforeAll(async () => {
    database = await templateDatabase('matching', messagingMigrations);
    source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('lists, shows and requeues what was given up, and keeps who did it', async () => {
    expect(await run('list')).toBe('There are no dead letters.');
    await source.query(
      `INSERT INTO dead_letter (event_id, consumer, subject, raw, reason, error, attempts) VALUES ($1, 'matching', 'companies.company-saved.v1.x', 'the message', 'failed', 'Error: no', 8)`,
      [ID],
    );
    await source.query(`INSERT INTO inbox (event_id, consumer) VALUES ($1, 'matching')`, [ID]);
    expect(await run('list')).toMatch(new RegExp(`^${ID} .*open .*failed .*company-saved.*Error: no\n1 in all$`));
    expect(await run('show', [ID])).toContain('"raw": "the message"');
    expect(await run('requeue', [ID])).toMatch(/^1 requeued/);
    expect(await run('requeue-all')).toBe('There is nothing to requeue.');
    expect(await source.query('SELECT * FROM inbox')).toEqual([]);
    expect(await run('list')).toContain('requeued');
    expect(await run('show', [ID])).toContain('"actor": "a tester"');
  });

  it('says what is wrong with its call', async () => {
    await expect(run(undefined)).rejects.toThrow('What is to be done?');
    await expect(run('bury')).rejects.toThrow('There is no "bury".');
    await expect(run('requeue')).rejects.toThrow('Which one?');
    await expect(run('show', ['7'])).rejects.toThrow('no id of an event');
  });
});
