import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import type { DataSourceOptions, MigrationInterface, QueryRunner } from 'typeorm';
import { TcpProxy, type TestDatabase, templateDatabase } from '#libs/testing';
import { openDatabase } from './database.module.js';

class CreateThing1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE thing (id int)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE thing');
  }
}

class Broken1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE thing (');
  }
  async down(): Promise<void> {}
}

describe('The database of a service', () => {
  let database: TestDatabase;
  const options = (url: string): DataSourceOptions => ({
    type: 'postgres',
    url,
    migrations: [CreateThing1700000000000],
  });

  beforeAll(async () => {
    database = await templateDatabase('service', []);
  });
  afterAll(() => database.drop());

  it('is migrated once by copies that start together', async () => {
    const copies = await Promise.all([1, 2, 3].map(() => openDatabase(options(database.url))));
    expect(await copies[0]!.query('SELECT count(*)::int AS count FROM migrations')).toEqual([{ count: 1 }]);
    await Promise.all(copies.map((copy) => copy.destroy()));
  });

  it('is waited for while it cannot be reached', async () => {
    const proxy = await TcpProxy.before(database.url);
    proxy.cut();
    const told = new Promise<unknown>((resolve) => {
      Logger.overrideLogger({ log: () => {}, error: () => {}, warn: resolve });
    });
    const opening = openDatabase(options(proxy.url(database.url)));
    expect(await told).toMatch(/cannot be reached/);
    proxy.pass();
    const source = await opening;
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
    await proxy.close();
  });

  it('may end at the moment in which a connection is handed over, and no service with it', async () => {
    const source = await openDatabase(options(database.url));
    const { master } = source.driver as unknown as { master: Pool };
    // As the pool gives it away: nobody listens to it any more, and nobody does yet.
    const connection = await master.connect();
    const ended = new Promise<void>((resolve) => {
      connection.once('end', resolve);
    });
    const [row] = (await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows;
    await source.query('SELECT pg_terminate_backend($1)', [row!.pid]);
    await ended;
    connection.release(true);
    expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
  });

  it('ends the start when a migration fails, instead of trying for ever', async () => {
    const broken = { ...options(database.url), migrations: [CreateThing1700000000000, Broken1700000000001] };
    await expect(openDatabase(broken as DataSourceOptions)).rejects.toThrow(/syntax error/);
  });
});
