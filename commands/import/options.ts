import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { countryOfCell } from './cell.js';

const PRESETS = { companies: ['knowledge-share'], experts: ['erc'] } as const;
export type ImportKind = keyof typeof PRESETS;

export interface ImportOptions {
  kind: ImportKind;
  files: string[];
  preset: string | undefined;
  source: string;
  consentBasis: string | undefined;
  country: string | undefined;
  sheet: string | undefined;
  delimiter: string | undefined;
  rejected: string;
  dryRun: boolean;
  strict: boolean;
}

export const HELP = `Imports firms or experts from lists (CSV, XLSX, JSON) into the running system.

  npm run import -- companies|experts FILE [FILE …] [options]

  --preset NAME          knowledge-share (companies) or erc (experts); without it the template of docs/import.md
  --source NAME          name of the list; rows are known again by it and their key (default: the preset, or the file's name)
  --consent-basis TEXT   experts: why they may be listed, kept for audit; without it they stay unlisted
  --country CODE         country of rows that tell none, such as CH
  --dry-run              checks everything and sends nothing
  --strict               sends nothing when a single row is bad
  --rejected FILE        where rejected rows are explained (default: FILE.rejected.csv)
  --sheet N              sheet of an XLSX file, by number or name (default: the first)
  --delimiter CHAR       separator of a CSV file (default: found out)
  --help

Examples
  npm run import -- companies sample/companies.json --source sample --dry-run
  npm run import -- experts sample/experts.json --source sample --consent-basis "invented people" --dry-run
  npm run import -- companies firms.xlsx --sheet 2 --country CH
  npm run import -- experts grants-1.csv grants-2.csv --preset erc --consent-basis "trial with public data"

Run again as often as you like: rows that are there already are left alone, changed ones are updated, missing ones are added.
Exit code: 0 all rows are in, 1 some rows were rejected or the system went away, 2 wrong use or a file that cannot be read.`;

/** Wrong use of the command; the message says what is wrong. */
export class UsageError extends Error {}

const sourceSchema = z.string().trim().min(1).max(100);

/** Reads the command line; undefined when help was asked for. Throws UsageError. */
export function readOptions(args: string[]): ImportOptions | undefined {
  const { values, positionals } = parsed(args);
  if (values.help) return undefined;
  const [kind, ...files] = positionals;
  if (kind !== 'companies' && kind !== 'experts') throw new UsageError('Say what to import: companies or experts.');
  const [file] = files;
  if (!file) throw new UsageError('Name a file.');
  const { preset } = values;
  if (preset !== undefined && !(PRESETS[kind] as readonly string[]).includes(preset)) {
    throw new UsageError(`There is no preset ${preset} for ${kind}; there is ${PRESETS[kind].join(', ')}.`);
  }
  if (values['consent-basis'] !== undefined && kind === 'companies')
    throw new UsageError('--consent-basis is for experts: firms need no consent.');
  if (values['consent-basis']?.trim() === '')
    throw new UsageError('--consent-basis needs a text that says why the experts may be listed.');
  if (values.delimiter !== undefined && values.delimiter.length !== 1)
    throw new UsageError('--delimiter takes one character.');
  const source = sourceSchema.safeParse(values.source ?? preset ?? basename(file, extname(file)));
  if (!source.success) throw new UsageError('--source takes a name of 1 to 100 characters.');
  return {
    kind,
    files,
    preset,
    source: source.data,
    consentBasis: values['consent-basis']?.trim(),
    country: countryOf(values.country),
    sheet: values.sheet,
    delimiter: values.delimiter,
    rejected: values.rejected ?? `${file}.rejected.csv`,
    dryRun: values['dry-run'] ?? false,
    strict: values.strict ?? false,
  };
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        preset: text,
        source: text,
        'consent-basis': text,
        country: text,
        sheet: text,
        delimiter: text,
        rejected: text,
        'dry-run': flag,
        strict: flag,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function countryOf(given: string | undefined): string | undefined {
  try {
    return countryOfCell(given);
  } catch {
    throw new UsageError('--country takes a code such as IT or CH.');
  }
}
