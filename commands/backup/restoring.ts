import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { projectRoot } from '../directory.js';
import { type DatabaseManifest, fileOf, type Manifest, readManifest } from './manifest.js';

/** The migrations of a service, as its own data source lists them. */
export type MigrationsOf = (service: string) => Promise<readonly (new () => MigrationInterface)[]>;

/**
 * Brings a backup into empty databases (by service), one transaction each. Throws before it writes anything where a file is damaged, a database is not empty,
 * or the backup was made by a newer version. Streams, consumers and index need nothing: the services make them anew from what is in the databases.
 */
export async function restore(
  dir: string,
  databases: Record<string, string>,
  onStep: (done: number, of: number, what: string) => void = () => {},
  migrationsOf: MigrationsOf = builtMigrations,
): Promise<Manifest> {
  const manifest = readManifest(dir);
  const services = Object.keys(databases);
  const absent = services.filter((service) => !manifest.databases[service]);
  if (absent.length > 0) throw new Error(`${dir} has nothing of ${absent.join(', ')}.`);
  await refuseDamaged(dir, manifest, services);
  const inTheWay = (await Promise.all(services.map((service) => rowsIn(service, databases[service]!)))).flat();
  if (inTheWay.length > 0)
    throw new Error(`Only empty databases are restored into. In the way:\n  ${inTheWay.join('\n  ')}`);
  const migrations = new Map<string, readonly (new () => MigrationInterface)[]>();
  for (const service of services) {
    const known = await migrationsOf(service);
    migrations.set(service, wanted(service, known, manifest.databases[service]!.migrations));
  }
  const all = services.reduce((sum, service) => sum + Object.keys(manifest.databases[service]!.tables).length, 0);
  let done = 0;
  for (const service of services) {
    const url = databases[service]!;
    onStep(done, all, `${service}: schema`);
    await migrate(url, migrations.get(service)!);
    await load(dir, service, url, manifest.databases[service]!, (table) => onStep(done++, all, `${service}: ${table}`));
  }
  onStep(all, all, '');
  return manifest;
}

/** The data source that each service brings for TypeORM's command line; commands know services by their files only. */
async function builtMigrations(service: string): Promise<readonly (new () => MigrationInterface)[]> {
  const file = join(projectRoot(), 'dist', 'services', service, 'src', 'data-source.js');
  const { dataSourceOptions } = (await import(pathToFileURL(file).href)) as {
    dataSourceOptions(url: string): DataSourceOptions;
  };
  return dataSourceOptions('').migrations as (new () => MigrationInterface)[];
}

/** Those that the rows fit, no more: newer ones run when the service starts, on the rows, as in every update. */
function wanted(
  service: string,
  known: readonly (new () => MigrationInterface)[],
  names: readonly string[],
): readonly (new () => MigrationInterface)[] {
  const byName = new Map(known.map((one) => [new one().name ?? one.name, one]));
  const unknown = names.filter((name) => !byName.has(name));
  if (unknown.length > 0)
    throw new Error(
      `The backup of ${service} was made by a newer version, which has ${unknown.join(', ')}: restore it with that.`,
    );
  return names.map((name) => byName.get(name)!);
}

async function refuseDamaged(dir: string, { databases }: Manifest, services: readonly string[]): Promise<void> {
  const damaged: string[] = [];
  for (const service of services)
    for (const [table, { sha256 }] of Object.entries(databases[service]!.tables)) {
      const file = fileOf(dir, service, table);
      const hash = createHash('sha256');
      if (existsSync(file)) await pipeline(createReadStream(file), hash);
      if (hash.digest('hex') !== sha256) damaged.push(file);
    }
  if (damaged.length > 0) throw new Error(`Damaged or missing, nothing was restored:\n  ${damaged.join('\n  ')}`);
}

/** What a database holds that it should not. */
async function rowsIn(service: string, url: string): Promise<string[]> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY 1`,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const { rows: counts } = await client.query<{ count: string }>(
        `SELECT count(*) FROM ${client.escapeIdentifier(name)}`,
      );
      if (counts[0]!.count !== '0') found.push(`${service}.${name}: ${counts[0]!.count} rows`);
    }
    return found;
  });
}

async function migrate(url: string, migrations: readonly (new () => MigrationInterface)[]): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

async function load(
  dir: string,
  service: string,
  url: string,
  { tables, sequences }: DatabaseManifest,
  onTable: (table: string) => void,
): Promise<void> {
  await connected(url, async (client) => {
    await client.query('BEGIN');
    for (const table of await inOrder(client, Object.keys(tables))) {
      onTable(table);
      const { columns, rows } = tables[table]!;
      const names = columns.map((column) => client.escapeIdentifier(column)).join(', ');
      const target = client.query(from(`COPY ${client.escapeIdentifier(table)} (${names}) FROM STDIN`));
      await pipeline(createReadStream(fileOf(dir, service, table)), createGunzip(), target);
      if (target.rowCount !== rows) throw new Error(`${service}.${table}: ${target.rowCount} rows instead of ${rows}`);
    }
    for (const [name, value] of Object.entries(sequences))
      await client.query('SELECT setval($1::regclass, $2)', [client.escapeIdentifier(name), value]);
    // Whatever streams and index there are belong to another state: the relay fills the streams anew, the indexer compares every document.
    await client.query('DELETE FROM stream_state');
    if (tables.index_check) await client.query('INSERT INTO index_check (id, repair) VALUES (gen_random_uuid(), true)');
    await client.query('COMMIT');
  });
}

/** Tables in such an order that rows are there before others refer to them. */
async function inOrder(client: pg.Client, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ table: string; needs: string }>(
    `SELECT DISTINCT t.relname AS table, n.relname AS needs FROM pg_constraint AS c
     JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_class AS n ON n.oid = c.confrelid
     WHERE c.contype = 'f' AND t.relname <> n.relname`,
  );
  const ordered: string[] = [];
  const place = (table: string) => {
    if (ordered.includes(table)) return;
    for (const { needs } of rows.filter((row) => row.table === table)) place(needs);
    ordered.push(table);
  };
  for (const table of tables) place(table);
  return ordered;
}

async function connected<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
