import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type EntityManager } from 'typeorm';
import type { CallContext } from '#libs/contracts';
import { type TestDatabase, templateDatabase } from '#libs/testing';
import { idempotent, messagingEntities, messagingMigrations } from './index.js';

describe('A command with an idempotency key', () => {
  let database: TestDatabase;
  let source: DataSource;

  const ctx = (idempotencyKey?: string, id = '01890000-0000-7000-8000-000000000001'): CallContext => ({
    actor: { kind: 'firm', id },
    lang: 'it',
    requestId: 'test',
    idempotencyKey,
  });
  const command = (context: CallContext, data: unknown) =>
    source.transaction((manager) => idempotent(manager, context, 'things.create', data, () => work(manager)));
  const work = async (manager: EntityManager) => {
    const [row] = await manager.query<{ n: number }[]>('INSERT INTO thing DEFAULT VALUES RETURNING n');
    return { n: row!.n };
  };
  const count = async () => (await source.query<unknown[]>('SELECT n FROM thing')).length;

  beforeAll(async () => {
    database = await templateDatabase('companies', messagingMigrations);
    source = await new DataSource({ type: 'postgres', url: database.url, entities: messagingEntities }).initialize();
    await source.query('CREATE TABLE thing (n serial)');
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('has one effect and one answer although fifty equal requests come at once', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 50 }, () => command(ctx('fifty'), { name: 'a', size: 1 })));
    expect(new Set(answers.map((answer) => answer.n)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('gets the first answer again, whatever the order of its fields', async () => {
    const first = await command(ctx('again'), { name: 'a', size: 1 });
    expect(await command(ctx('again'), { size: 1, name: 'a' })).toEqual(first);
  });

  it('refuses another body under the same key, and does nothing', async () => {
    await command(ctx('other'), { name: 'a' });
    const before = await count();
    await expect(command(ctx('other'), { name: 'b' })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
      status: 422,
    });
    expect(await count()).toBe(before);
  });

  it('leaves the key unused when the command fails', async () => {
    const failing = source.transaction((manager) =>
      idempotent(manager, ctx('fails'), 'things.create', {}, async () => {
        await work(manager);
        throw new Error('no');
      }),
    );
    await expect(failing).rejects.toThrow('no');
    const before = await count();
    await command(ctx('fails'), {});
    expect(await count()).toBe(before + 1);
  });

  it('lets others use the same key, and repeats what has no key', async () => {
    const before = await count();
    await command(ctx('shared'), {});
    await command(ctx('shared', '01890000-0000-7000-8000-000000000002'), {});
    await command(ctx(), {});
    await command(ctx(), {});
    expect(await count()).toBe(before + 4);
  });
});

describe('The messaging tables', () => {
  it('are the same in the migration and in the entities, so that generated migrations leave them alone', async () => {
    const database = await templateDatabase('companies', messagingMigrations);
    const source = await new DataSource({
      type: 'postgres',
      url: database.url,
      entities: messagingEntities,
    }).initialize();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map((q) => q.query)).toEqual([]);
    await source.destroy();
    await database.drop();
  });
});
