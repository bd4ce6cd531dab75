import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Meilisearch, type Settings } from 'meilisearch';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { timed } from './measure.js';

const BATCH = 5_000;
const DB = 'bench_copy';

/** Milliseconds that PostgreSQL takes to COPY the rows of a service's table into a bare table of the same columns, without any index. */
export async function copyTime(superUrl: string, serviceUrl: string, table: string): Promise<number> {
  const source = new pg.Client({ connectionString: serviceUrl });
  await source.connect();
  const { rows: columns } = await source.query<{ name: string; type: string }>(
    `SELECT quote_ident(attname) AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  const names = columns.map(({ name }) => name).join(', ');
  const chunks: Buffer[] = [];
  for await (const chunk of source.query(to(`COPY (SELECT ${names} FROM ${table}) TO STDOUT`)))
    chunks.push(chunk as Buffer);
  await source.end();

  await inDatabase(superUrl, 'postgres', (client) => client.query(`CREATE DATABASE ${DB}`));
  try {
    return await inDatabase(superUrl, DB, async (client) => {
      await client.query(`CREATE TABLE target (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`);
      const { ms } = await timed(() =>
        pipeline(Readable.from(chunks), new PassThrough(), client.query(from(`COPY target FROM STDIN`))),
      );
      return ms;
    });
  } finally {
    await inDatabase(superUrl, 'postgres', (client) => client.query(`DROP DATABASE ${DB}`));
  }
}

async function inDatabase<T>(superUrl: string, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const url = new URL(superUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

type Document = Record<string, unknown>;
const done = { timeout: 900_000, interval: 50 };

/** What a plain search over the imported lists would have: every field searchable, some to filter by. */
export const PLAIN_SETTINGS: Settings = {
  filterableAttributes: ['country', 'territory', 'languages', 'sectors', 'sizeClass'],
};

/** The documents of one of the product's indexes. */
export async function indexed(url: string, masterKey: string, uid: string): Promise<Document[]> {
  const index = new Meilisearch({ host: url, apiKey: masterKey }).index(uid);
  const documents: Document[] = [];
  for (;;) {
    const { results } = await index.getDocuments({ limit: BATCH, offset: documents.length });
    documents.push(...results);
    if (results.length < BATCH) return documents;
  }
}

/** Milliseconds that Meilisearch takes to index documents in large batches into an index of their own. */
export async function indexTime(
  url: string,
  masterKey: string,
  documents: readonly Document[],
  settings: Settings,
): Promise<number> {
  const client = new Meilisearch({ host: url, apiKey: masterKey });
  const bare = 'bench_bare';
  await client.createIndex(bare, { primaryKey: 'id' }).waitTask(done);
  await client.index(bare).updateSettings(settings).waitTask(done);
  const { ms } = await timed(async () => {
    const tasks = [];
    for (let i = 0; i < documents.length; i += BATCH)
      tasks.push(await client.index(bare).addDocuments(documents.slice(i, i + BATCH)));
    for (const task of tasks) {
      const { status, error } = await client.tasks.waitForTask(task.taskUid, done);
      if (status !== 'succeeded') throw new Error(`bare indexing: ${error?.message}`);
    }
  });
  await client.deleteIndex(bare).waitTask(done);
  return ms;
}
