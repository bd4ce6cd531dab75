import { foldLabel } from '#libs/competences';
import { CellError } from './cell.js';
import { type Issue, shown } from './issue.js';
import type { Table, TableRow } from './table.js';

/** What the readers of a row's cells know of the row beside the cell itself. */
export interface RowContext {
  /** What the row itself says. */
  country: string | undefined;
  /** What its headers or the options let one expect. */
  likelyCountry: string | undefined;
  header: string;
}

/** One field of a profile: how its column may be called, how its cells are read, and what would be right in it. */
export interface Field {
  /** Where the value goes: a path in the profile such as `name` or `contact.email`, or a name of its own that the row's reader puts together. */
  path: string;
  /** Headers in the four languages, folded: lower case, no accents, blanks for punctuation. */
  headers: readonly string[];
  right: string;
  read(cell: unknown, context: RowContext): unknown;
}

/** A row on its way to a profile. */
export interface Draft {
  file: string;
  row: number;
  /** The key of the row in its source, where it has one. */
  key: string | undefined;
  item: Record<string, unknown>;
  /** Header that a path of the profile came from, for telling where an error is. */
  columns: Map<string, string>;
  /** Text of the cell that a path came from. */
  values: Map<string, string>;
  issues: Issue[];
}

export interface Columns {
  fieldOf: Map<string, Field>;
  unknown: string[];
}

/** Which header means which field. A field is taken from its first column only; headers that mean nothing are told. */
export function recogniseColumns(tables: readonly Table[], fields: readonly Field[]): Columns {
  const byHeader = new Map<string, Field>();
  for (const field of fields) {
    for (const name of [field.path, ...field.headers])
      if (!byHeader.has(foldLabel(name))) byHeader.set(foldLabel(name), field);
  }
  const fieldOf = new Map<string, Field>();
  const unknown = new Set<string>();
  for (const table of tables) {
    const taken = new Set<Field>();
    for (const header of table.headers) {
      const field =
        byHeader.get(foldLabel(header)) ??
        byHeader.get(foldLabel(header.replace(/\(.*\)|\*/g, ''))) ??
        byHeader.get(foldLabel(header.split('/')[0] ?? ''));
      if (!field || taken.has(field)) unknown.add(header);
      else {
        taken.add(field);
        fieldOf.set(header, field);
      }
    }
  }
  return { fieldOf, unknown: [...unknown] };
}

/** An empty draft of a row. */
export function draftOf(row: TableRow): Draft {
  return { file: row.file, row: row.row, key: undefined, item: {}, columns: new Map(), values: new Map(), issues: [] };
}

/** Reads one cell; what is wrong with it becomes an issue of the draft. */
export function readCell(
  draft: Draft,
  field: Field,
  header: string,
  cell: unknown,
  country: Omit<RowContext, 'header'>,
): unknown {
  draft.columns.set(field.path, header);
  draft.values.set(field.path, shown(cell));
  try {
    return field.read(cell, { ...country, header });
  } catch (error) {
    if (!(error instanceof CellError)) throw error;
    addIssue(draft, field.path, error.wrong, error.right);
    return undefined;
  }
}

export function addIssue(draft: Draft, path: string, wrong: string, right: string): void {
  const { file, row } = draft;
  draft.issues.push({
    file,
    row,
    column: draft.columns.get(path) ?? path,
    value: draft.values.get(path) ?? '',
    wrong,
    right,
  });
}

/** Puts a value at a path of one or two steps. */
export function put(item: Record<string, unknown>, path: string, value: unknown): void {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
  const [head, tail] = path.split('.') as [string, string | undefined];
  if (tail === undefined) item[head] = value;
  else item[head] = { ...(item[head] as object | undefined), [tail]: value };
}
