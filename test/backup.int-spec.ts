import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type MigrationInterface } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type TestDatabase, templateDatabase } from '#libs/testing';
import { backUp } from '../commands/backup/backing-up.js';
import { restore } from '../commands/backup/restoring.js';
import { dataSourceOptions as companies } from '../services/companies/src/data-source.js';
import { dataSourceOptions as matching } from '../services/matching/src/data-source.js';
import { dataSourceOptions as notifications } from '../services/notifications/src/data-source.js';

type Migrations = readonly (new () => MigrationInterface)[];
const SCHEMAS = { companies, matching, notifications };
const migrationsOf = async (service: string) =>
  SCHEMAS[service as keyof typeof SCHEMAS]('').migrations as unknown as Migrations;

/** Databases of one installation: migrated ones, or bare ones as provisioning leaves them. */
class Installation {
  readonly databases = new Map<string, TestDatabase>();
  readonly sources = new Map<string, DataSource>();

  static async made(migrated: boolean): Promise<Installation> {
    const one = new Installation();
    for (const service of Object.keys(SCHEMAS)) {
      const database = await templateDatabase(service, migrated ? await migrationsOf(service) : []);
      one.databases.set(service, database);
      one.sources.set(service, await new DataSource({ type: 'postgres', url: database.url }).initialize());
    }
    return one;
  }

  get urls(): Record<string, string> {
    return Object.fromEntries([...this.databases].map(([service, { url }]) => [service, url]));
  }

  query<T>(service: string, sql: string, parameters?: unknown[]): Promise<T[]> {
    return this.sources.get(service)!.query(sql, parameters);
  }

  company(name: string): Promise<unknown> {
    return this.query(
      'companies',
      `INSERT INTO company (id, revision, name, name_folded, country, sectors, nace, languages, text, offers, seeks, created_at, updated_at)
       VALUES ($1, 3, $2, lower($2), 'IT', '[]', '{13.20}', '["it"]', $3, '[]', '[]', now(), now())`,
      [uuid(), name, 'Prima riga\nseconda\t\\N «tessuti» 🧵'],
    );
  }

  /** Every row of every table as text, in order; without what a restore writes on purpose. */
  async rows(): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const service of Object.keys(SCHEMAS)) {
      const tables = await this.query<{ name: string }>(
        service,
        `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('migrations', 'stream_state', 'index_check') ORDER BY 1`,
      );
      for (const { name } of tables) {
        const rows = await this.query<{ row: string }>(service, `SELECT t::text AS row FROM "${name}" AS t ORDER BY 1`);
        found.set(
          `${service}.${name}`,
          rows.map(({ row }) => row),
        );
      }
    }
    return found;
  }

  async drop(): Promise<void> {
    for (const source of this.sources.values()) await source.destroy();
    for (const database of this.databases.values()) await database.drop();
  }
}

describe('A backup', () => {
  const installations: Installation[] = [];
  const installation = async (migrated: boolean) => {
    installations.push(await Installation.made(migrated));
    return installations.at(-1)!;
  };
  let place: string;
  let dir: string;
  let first: Installation;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'ceresio-backup-'));
    dir = join(place, 'backup');
    first = await installation(true);
    for (let n = 0; n < 20; n++) await first.company(`Officina Inventata ${n}`);
    const [{ id }] = (await first.query<{ id: string }>('companies', 'SELECT id FROM company LIMIT 1')) as [
      { id: string },
    ];
    await first.query('companies', `INSERT INTO company_identifier VALUES ($1, 'uid-ch', 'CHE-1', 'given', now())`, [
      id,
    ]);
    await first.query('companies', `INSERT INTO stream_state VALUES ('COMPANIES', 'then', 7)`);
    await first.query(
      'matching',
      `INSERT INTO subject (type, id, revision, terms, features) VALUES ('company', $1, 3, '{a,b}', '{"evidence": []}')`,
      [id],
    );
    await first.query('matching', `SELECT setval('frequency_change', 41)`);
    await first.query('notifications', `INSERT INTO recipient (kind, id, last_place) VALUES ('firm', $1, 1)`, [id]);
    await first.query(
      'notifications',
      `INSERT INTO notice (id, recipient_kind, recipient_id, place, kind, about_id, opportunity_id) VALUES ($1, 'firm', $2, 1, 'suggested', $1, $1)`,
      [uuid(), id],
    );
  });
  afterAll(async () => {
    for (const one of installations) await one.drop();
    await rm(place, { recursive: true, force: true });
  });

  it('taken while rows are written comes back in empty databases with every row there was before, and none that is half', async () => {
    const before = await first.rows();
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++) await first.company(`Scritta durante ${n}`);
    })();
    const manifest = await backUp(dir, first.urls);
    writing = false;
    await writer;
    const second = await installation(false);
    await restore(dir, second.urls, undefined, migrationsOf);
    const after = await second.rows();
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [table, rows] of before) expect(after.get(table)).toEqual(expect.arrayContaining(rows));
    for (const [service, { tables }] of Object.entries(manifest.databases))
      for (const [table, { rows }] of Object.entries(tables))
        if (after.has(`${service}.${table}`)) expect(after.get(`${service}.${table}`)).toHaveLength(rows);
    // What follows goes on from there: no change number is given twice.
    expect(await second.query('matching', `SELECT nextval('frequency_change')::int AS next`)).toEqual([{ next: 42 }]);
    // Streams and index are taken for new ones.
    expect(await second.query('companies', 'SELECT * FROM stream_state')).toEqual([]);
    expect(await second.query('matching', 'SELECT repair FROM index_check WHERE done_at IS NULL')).toEqual([
      { repair: true },
    ]);
  });

  it('is for its owner alone, and its manifest has neither names nor passwords', async () => {
    for (const path of await readdir(dir, { recursive: true })) {
      const found = await stat(join(dir, path));
      expect({ path, mode: found.mode & 0o777 }).toEqual({ path, mode: found.isDirectory() ? 0o700 : 0o600 });
    }
    const manifest = await readFile(join(dir, 'manifest.json'), 'utf8');
    expect(manifest).not.toContain('Officina');
    for (const url of Object.values(first.urls)) expect(manifest).not.toContain(new URL(url).password);
    await expect(backUp(dir, first.urls)).rejects.toThrow('is not empty');
  });

  it('is not written over what is there: what is in the way is named', async () => {
    await expect(restore(dir, first.urls, undefined, migrationsOf)).rejects.toThrow(/companies\.company: \d+ rows/);
  });

  it('of a newer version, damaged, or unfinished is refused before anything is written', async () => {
    const third = await installation(false);
    const older = async (service: string) => (await migrationsOf(service)).slice(0, -1);
    await expect(restore(dir, third.urls, undefined, older)).rejects.toThrow('was made by a newer version');
    await writeFile(join(dir, 'matching', 'subject.copy.gz'), 'something else');
    await expect(restore(dir, third.urls, undefined, migrationsOf)).rejects.toThrow('subject.copy.gz');
    await rm(join(dir, 'manifest.json'));
    await expect(restore(dir, third.urls, undefined, migrationsOf)).rejects.toThrow('it has no manifest.json');
    expect((await third.rows()).size).toBe(0);
  });
});
