import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { type importResultSchema, Problem } from '#libs/contracts';
import type { Field } from './field.js';
import { type Issue, shown } from './issue.js';
import { placeOf, type Ready } from './prepare.js';

/** What a message may hold: NATS takes 256 KiB, and a batch is one transaction that others wait for. */
const BATCH_ROWS = 200;
const BATCH_BYTES = 150 * 1024;
/** A single row above this does not fit into a message at all. */
export const ROW_BYTES = 240 * 1024;

/** Rows in groups that each fit into one message; a row of more than BATCH_BYTES goes alone. */
export function batches<T>(rows: readonly Ready<T>[]): Ready<T>[][] {
  const groups: Ready<T>[][] = [];
  let group: Ready<T>[] = [];
  let size = 0;
  for (const row of rows) {
    const bytes = sizeOf(row);
    if (group.length > 0 && (group.length >= BATCH_ROWS || size + bytes > BATCH_BYTES)) {
      groups.push(group);
      group = [];
      size = 0;
    }
    group.push(row);
    size += bytes;
  }
  return group.length > 0 ? [...groups, group] : groups;
}

/** Bytes that a row takes in a message. */
export function sizeOf(row: Ready<unknown>): number {
  return Buffer.byteLength(JSON.stringify({ row: row.row, externalKey: row.key, item: row.item }));
}

type Answer = z.infer<typeof importResultSchema>;
/** Sends one batch to the service that owns the rows. `row` of a message counts within the batch. */
export type ImportCall<T> = (rows: { row: number; externalKey: string; item: T }[]) => Promise<Answer>;

export interface Sent {
  created: number;
  updated: number;
  unchanged: number;
  issues: Issue[];
}

/** The system went away in the middle: what was sent stays, and the same command goes on from there. */
export class Interrupted extends Error {
  constructor(
    readonly sent: Sent,
    readonly problem: Problem,
  ) {
    super(problem.message);
  }
}

const TRIES = 6;

/**
 * Sends all batches in order. A batch that got no answer is sent again, since a known row is left as it is. Rejects with Interrupted when the
 * system stays away, and with the Problem when it refuses a whole batch.
 */
export async function sendAll<T>(
  groups: readonly Ready<T>[][],
  call: ImportCall<T>,
  fields: readonly Field[],
  progress: (rows: number) => void,
): Promise<Sent> {
  const sent: Sent = { created: 0, updated: 0, unchanged: 0, issues: [] };
  for (const group of groups) {
    const rows = group.map(({ key, item }, at) => ({ row: at + 1, externalKey: key, item }));
    const { results } = await patiently(() => call(rows), sent);
    for (const result of results) {
      const row = group[result.row - 1];
      if (!row) continue;
      if (result.outcome !== 'rejected') sent[result.outcome]++;
      else sent.issues.push(...result.errors.map((error) => refusal(row, error, fields)));
    }
    progress(group.length);
  }
  return sent;
}

async function patiently<T>(work: () => Promise<T>, sent: Sent): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== 'unavailable' && error.code !== 'timeout' && error.code !== 'internal') throw error;
      if (attempt === TRIES) throw new Interrupted(sent, error);
      await pause(250 * 2 ** attempt);
    }
  }
}

function refusal(row: Ready<unknown>, error: { pointer: string; detail: string }, fields: readonly Field[]): Issue {
  const path = error.pointer.replace(/^\/?(?:item\/)?/, '').split('/');
  const { column, right } = placeOf(
    path.map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
    row,
    fields,
  );
  const value = path.reduce<unknown>((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], row.item);
  return { file: row.file, row: row.row, column, value: shown(value), wrong: error.detail, right };
}
