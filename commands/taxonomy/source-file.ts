import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from '../import/decode-text.js';
import { type Issue, shown } from '../import/issue.js';
import type { ConceptDrafts } from './concept-drafts.js';

/** Where a reader puts what it finds in a file. */
export interface Target {
  drafts: ConceptDrafts;
  problems: Issue[];
}

/** The files that a path stands for: itself, or all CSV and JSON files below a folder, in the order of their names. */
export function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return filesOf(inner);
      return /\.(?:csv|json)$/i.test(entry.name) ? [inner] : [];
    });
}

/** The text of a file, without its byte order mark. */
export function textOf(path: string): string {
  const text = decodeText(readFileSync(path));
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Cells of a CSV text, line breaks inside quotation marks included. Throws with a readable message. */
export function cellsOf(text: string): string[][] {
  try {
    return parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: false });
  } catch (error) {
    if (error instanceof CsvError) throw new Error(`no readable CSV: ${error.message}`);
    throw error;
  }
}

/** Rows below a header, by the names of the columns. */
export class Records {
  private readonly places: ReadonlyMap<string, number>;

  constructor(
    readonly file: string,
    private readonly cells: readonly string[][],
    /** Which of the rows names the columns. */
    private readonly header = 0,
  ) {
    this.places = new Map((cells[header] ?? []).map((name, place) => [name.trim(), place]));
  }

  has(...columns: string[]): boolean {
    return columns.every((column) => this.places.has(column));
  }

  columns(): string[] {
    return [...this.places.keys()];
  }

  *rows(): Generator<Row> {
    for (let at = this.header + 1; at < this.cells.length; at++) {
      const cells = this.cells[at]!;
      // A file ends with a line break, and editors add more.
      if (cells.some((cell) => cell.trim())) yield new Row(basename(this.file), at + 1, cells, this.places);
    }
  }
}

/** One row; `number` counts as a spreadsheet does. */
export class Row {
  constructor(
    private readonly file: string,
    readonly number: number,
    private readonly cells: readonly string[],
    private readonly places: ReadonlyMap<string, number>,
  ) {}

  /** What a cell holds; empty where there is no such column. */
  cell(column: string): string {
    return (this.cells[this.places.get(column) ?? -1] ?? '').trim();
  }

  issue(column: string, wrong: string, right: string): Issue {
    return { file: this.file, row: this.number, column, value: shown(this.cell(column)), wrong, right };
  }
}
