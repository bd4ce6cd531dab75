import { writeFileSync } from 'node:fs';
import { stringify } from './csv-line.js';

/** One thing in one row that keeps the row out. */
export interface Issue {
  file: string;
  row: number;
  /** Header of the column, as it stands in the file; the field's name where the file has no such column. */
  column: string;
  value: string;
  wrong: string;
  right: string;
}

const SHOWN = 200;

/** What a cell holds, in one short line. */
export function shown(value: unknown): string {
  const line = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\s+/g, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

/** Writes the rejected rows as CSV for people (UTF-8 with byte order mark, so that Excel shows accents). Readable by its owner alone: lists hold personal data. */
export function writeIssues(path: string, issues: readonly Issue[]): void {
  const sorted = [...issues].sort((a, b) => a.file.localeCompare(b.file) || a.row - b.row);
  const lines = sorted.map(({ file, row, column, value, wrong, right }) =>
    stringify([file, String(row), column, value, wrong, right]),
  );
  const head = stringify(['file', 'row', 'column', 'value', 'what is wrong', 'what would be right']);
  writeFileSync(path, `\ufeff${[head, ...lines].join('\r\n')}\r\n`, { mode: 0o600 });
}
