import { createHash } from 'node:crypto';
import { chmodSync, createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { type DatabaseManifest, fileOf, type Manifest, writeManifest } from './manifest.js';

/** Looked at last, so that it knows of every event that the others tell of: whom it told is not told again. */
const LAST = 'notifications';

/** Writes one backup of these databases (by service) into a directory that is empty or does not exist. Services may run. Answers with the manifest. */
export async function backUp(
  dir: string,
  databases: Record<string, string>,
  onStep: (done: number, of: number, what: string) => void = () => {},
): Promise<Manifest> {
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new Error(`${dir} is not empty: give a directory of its own.`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const from = new Date().toISOString();
  const clients = new Map<string, pg.Client>();
  try {
    await Promise.all(
      Object.entries(databases).map(async ([service, connectionString]) => {
        const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
        await client.connect();
        clients.set(service, client);
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      }),
    );
    // The first question fixes what a transaction sees: all databases are seen as they were at nearly one moment, however long the rest takes.
    const look = (service: string) => clients.get(service)?.query('SELECT txid_current_if_assigned()');
    await Promise.all(Object.keys(databases).map((service) => service !== LAST && look(service)));
    await look(LAST);
    const plans = new Map<string, Plan>();
    for (const [service, client] of clients) plans.set(service, await planOf(client));
    const all = [...plans.values()].reduce((sum, { tables }) => sum + tables.size, 0);
    const written: Manifest['databases'] = {};
    let done = 0;
    for (const [service, plan] of plans) {
      const tables: DatabaseManifest['tables'] = {};
      mkdirSync(join(dir, service), { mode: 0o700 });
      for (const [table, columns] of plan.tables) {
        onStep(done++, all, `${service}: ${table}`);
        tables[table] = {
          columns,
          ...(await copyOut(clients.get(service)!, table, columns, fileOf(dir, service, table))),
        };
      }
      written[service] = { migrations: plan.migrations, sequences: plan.sequences, tables };
    }
    onStep(all, all, '');
    const manifest = { from, to: new Date().toISOString(), databases: written };
    writeManifest(dir, manifest);
    return { format: 1, ...manifest };
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
}

interface Plan {
  migrations: string[];
  sequences: Record<string, string>;
  tables: Map<string, string[]>;
}

async function planOf(client: pg.Client): Promise<Plan> {
  const { rows: columns } = await client.query<{ table: string; column: string }>(
    `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns AS c
     JOIN information_schema.tables AS t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND c.table_name <> 'migrations'
     ORDER BY c.table_name, c.ordinal_position`,
  );
  const tables = new Map<string, string[]>();
  for (const { table, column } of columns) tables.set(table, [...(tables.get(table) ?? []), column]);
  const { rows: migrations } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  const { rows: sequences } = await client.query<{ name: string; value: string }>(
    `SELECT sequencename AS name, last_value AS value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename <> 'migrations_id_seq'`,
  );
  return {
    migrations: migrations.map(({ name }) => name),
    sequences: Object.fromEntries(sequences.map(({ name, value }) => [name, value])),
    tables,
  };
}

/** Writes a table as PostgreSQL's own text format, compressed, in a file for its owner alone. */
async function copyOut(
  client: pg.Client,
  table: string,
  columns: readonly string[],
  file: string,
): Promise<{ rows: number; sha256: string }> {
  const names = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const source = client.query(to(`COPY ${client.escapeIdentifier(table)} (${names}) TO STDOUT`));
  const hash = createHash('sha256');
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      next(null, chunk);
    },
  });
  await pipeline(source, createGzip({ level: 3 }), hashed, createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  return { rows: source.rowCount, sha256: hash.digest('hex') };
}
