import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeSecret } from '#libs/engines';

/** To be counted up when files of an earlier version could not be restored any more as they are. */
const FORMAT = 1;

const tableSchema = z.object({
  /** In the order of the file. */
  columns: z.array(z.string()),
  rows: z.int(),
  /** Of the file as it lies there. */
  sha256: z.string(),
});

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  /** When the first database was looked at, and when the last was written. */
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  databases: z.record(
    z.string(),
    z.object({
      /** Names of the migrations applied, in their order: the schema that the rows fit. */
      migrations: z.array(z.string()),
      sequences: z.record(z.string(), z.string()),
      tables: z.record(z.string(), tableSchema),
    }),
  ),
});

/** What a backup consists of: no secrets, no personal data; the files beside it hold both. */
export type Manifest = z.infer<typeof manifestSchema>;
export type DatabaseManifest = Manifest['databases'][string];

/** File of one table, below the directory of the backup. */
export const fileOf = (dir: string, service: string, table: string): string => join(dir, service, `${table}.copy.gz`);

/** Writes it last: a directory without it is no backup. */
export function writeManifest(dir: string, manifest: Omit<Manifest, 'format'>): void {
  writeSecret(join(dir, 'manifest.json'), `${JSON.stringify({ format: FORMAT, ...manifest }, null, 2)}\n`);
}

/** Reads it; throws with a sentence where there is none, or one of another format. */
export function readManifest(dir: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(dir, 'manifest.json'), 'utf8');
  } catch {
    throw new Error(`${dir} is no backup, or one that was not finished: it has no manifest.json.`);
  }
  const read = manifestSchema.safeParse(JSON.parse(text));
  if (!read.success) throw new Error(`${dir} was made by another version of this command: it cannot be read.`);
  return read.data;
}
