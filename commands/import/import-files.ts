import { rmSync } from 'node:fs';
import {
  type CompanyCreate,
  companiesRpc,
  companyCreateSchema,
  type ExpertCreate,
  expertCreateSchema,
  expertsRpc,
} from '#libs/contracts';
import type { Broker } from '../broker.js';
import { COMPANY_FIELDS } from './company-fields.js';
import { readErcGrants } from './erc.preset.js';
import { EXPERT_FIELDS } from './expert-fields.js';
import type { Field } from './field.js';
import { type Issue, writeIssues } from './issue.js';
import { readSpinOffs } from './knowledge-share.preset.js';
import type { ImportOptions } from './options.js';
import { type Prepared, prepare, type Ready } from './prepare.js';
import { readTable } from './read-table.js';
import { batches, type ImportCall, Interrupted, ROW_BYTES, type Sent, sendAll, sizeOf } from './send.js';
import type { Table } from './table.js';
import { type Mapped, readCompanies, readExperts } from './template.js';

/** How the command shows itself; all of it goes to stderr save the last summary. */
export interface Display {
  say(line: string): void;
  start(total: number): void;
  progress(rows: number): void;
  end(): void;
}

/** What came of an import. */
export interface ImportSummary extends Omit<Sent, 'issues'> {
  /** Rows in the files. */
  rows: number;
  /** Firms or experts that these rows make. */
  items: number;
  repeated: number;
  rejected: number;
  /** Good rows that were not sent: a dry run, a strict one with a bad row, or a system that went away. */
  notSent: number;
  interrupted?: string;
}

// Three seconds are enough for a person's request; a batch of long profiles on a busy machine may take longer.
const BATCH_TIMEOUT_MS = 60_000;

/**
 * Reads the files, checks every row, sends the good ones in batches and writes the bad ones, explained, to `options.rejected`.
 * `open` connects to the system and is called only when there is something to send. Throws UnreadableFile before anything is sent.
 */
export async function importFiles(
  options: ImportOptions,
  open: () => Promise<Broker>,
  display: Display,
): Promise<ImportSummary> {
  const tables: Table[] = [];
  for (const file of options.files) tables.push(await readTable(file, options));
  const { kind, preset } = options;
  if (kind === 'companies') {
    const mapped = preset ? readSpinOffs(tables) : readCompanies(tables, options);
    const prepared = prepare<CompanyCreate>(mapped.drafts, companyCreateSchema, COMPANY_FIELDS);
    return run(
      options,
      tables,
      mapped,
      prepared,
      COMPANY_FIELDS,
      open,
      display,
      (broker) => (rows) =>
        broker.rpc.call(companiesRpc.import, { source: options.source, rows }, broker.ctx, {
          timeoutMs: BATCH_TIMEOUT_MS,
        }),
    );
  }
  const mapped = preset ? readErcGrants(tables, options) : readExperts(tables, options);
  const prepared = prepare<ExpertCreate>(mapped.drafts, expertCreateSchema, EXPERT_FIELDS);
  const { source, consentBasis } = options;
  return run(
    options,
    tables,
    mapped,
    prepared,
    EXPERT_FIELDS,
    open,
    display,
    (broker) => (rows) =>
      broker.rpc.call(expertsRpc.import, { source, consentBasis, rows }, broker.ctx, { timeoutMs: BATCH_TIMEOUT_MS }),
  );
}

async function run<T>(
  options: ImportOptions,
  tables: readonly Table[],
  mapped: Mapped,
  prepared: Prepared<T>,
  fields: readonly Field[],
  open: () => Promise<Broker>,
  display: Display,
  callOf: (broker: Broker) => ImportCall<T>,
): Promise<ImportSummary> {
  if (mapped.unknownColumns.length > 0) display.say(`Columns left out: ${mapped.unknownColumns.join(', ')}`);
  const { fitting, issues: tooLarge } = splitBySize(prepared.ready);
  const issues = [...prepared.issues, ...tooLarge];
  const sending = !options.dryRun && !(options.strict && issues.length > 0) && fitting.length > 0;
  let sent: Sent = { created: 0, updated: 0, unchanged: 0, issues: [] };
  let interrupted: string | undefined;
  if (sending) {
    const broker = await open();
    display.start(fitting.length);
    try {
      sent = await sendAll(batches(fitting), callOf(broker), fields, (rows) => display.progress(rows));
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      sent = error.sent;
      interrupted = error.problem.detail;
    } finally {
      display.end();
      await broker.close();
    }
  }
  issues.push(...sent.issues);
  if (issues.length > 0) writeIssues(options.rejected, issues);
  // An earlier run's list would be taken for this one's.
  else rmSync(options.rejected, { force: true });
  const { created, updated, unchanged } = sent;
  const refused = countRows(sent.issues);
  return {
    rows: tables.reduce((sum, table) => sum + table.rows.length, 0),
    items: mapped.drafts.length,
    repeated: prepared.repeated,
    rejected: countRows(issues),
    created,
    updated,
    unchanged,
    notSent: fitting.length - created - updated - unchanged - refused,
    ...(interrupted ? { interrupted } : {}),
  };
}

function splitBySize<T>(ready: readonly Ready<T>[]): { fitting: Ready<T>[]; issues: Issue[] } {
  const fitting = ready.filter((row) => sizeOf(row) <= ROW_BYTES);
  const large = ready.filter((row) => sizeOf(row) > ROW_BYTES);
  const issues = large.map(({ file, row, columns }) => ({
    file,
    row,
    column: columns.get('evidence') ?? columns.get('text') ?? 'text',
    value: '',
    wrong: 'the row is too long to be sent',
    right: 'less than 240 kilobytes in all',
  }));
  return { fitting, issues };
}

function countRows(issues: readonly Issue[]): number {
  return new Set(issues.map(({ file, row }) => `${file} ${row}`)).size;
}
