import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type TestDatabase, templateDatabase } from './template-database.js';

class CreateLake1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE lake (name text PRIMARY KEY)');
  }
  async down(): Promise<void> {}
}

class CreateRiver1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE river (name text PRIMARY KEY)');
  }
  async down(): Promise<void> {}
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('A template database', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    // Together, as two test files that start at the same moment.
    [first, second] = await Promise.all([
      templateDatabase('sample', [CreateLake1700000000000]),
      templateDatabase('sample', { migrations: [CreateLake1700000000000] }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([first.drop(), second.drop()]);
  });

  it('gives each caller the migrated schema and data of its own', async () => {
    await query(first.url, "INSERT INTO lake VALUES ('Ceresio')");
    expect(await query(first.url, 'SELECT name FROM lake')).toEqual([{ name: 'Ceresio' }]);
    expect(await query(second.url, 'SELECT name FROM lake')).toEqual([]);
  });

  it('follows the migrations when they change', async () => {
    const third = await templateDatabase('sample', [CreateLake1700000000000, CreateRiver1700000000001]);
    expect(await query(third.url, 'SELECT name FROM river')).toEqual([]);
    await third.drop();
    await expect(query(third.url, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });

  it("grants no more than the service's own rights", async () => {
    await expect(query(first.url, 'CREATE ROLE intruder')).rejects.toThrow(/permission denied/);
    const other = await templateDatabase('neighbour', [CreateLake1700000000000]);
    const crossing = new URL(first.url);
    crossing.pathname = `/${other.name}`;
    await expect(query(crossing.href, 'SELECT 1')).rejects.toThrow(/permission denied/);
    await other.drop();
  });
});
