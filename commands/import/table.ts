/** One row as it stands in a file. `row` counts as a spreadsheet does: the header is row 1; in JSON the first element is 1. */
export interface TableRow {
  file: string;
  row: number;
  /** Cells that hold something, by the header of their column. */
  cells: Map<string, unknown>;
}

/** A list as it was read: text, numbers, dates; in JSON also arrays and objects. */
export interface Table {
  file: string;
  headers: string[];
  rows: TableRow[];
}

/** The file as a whole cannot be used, so nothing is sent. The message is for the person at the keyboard. */
export class UnreadableFile extends Error {}

/** Builds a table from a grid whose first filled line holds the headers. Throws UnreadableFile when there is none. */
export function gridTable(file: string, grid: readonly (readonly unknown[])[]): Table {
  const head = grid.findIndex((line) => line.filter((cell) => !isEmpty(cell)).length > 0);
  const line = grid[head];
  if (!line) throw new UnreadableFile(`${file} is empty.`);
  const headers = distinct(line.map((cell) => String(cell ?? '').trim()));
  const rows: TableRow[] = [];
  for (const [at, values] of grid.entries()) {
    if (at <= head) continue;
    const cells = new Map<string, unknown>();
    for (const [column, value] of values.entries()) {
      if (!isEmpty(value)) cells.set(headers[column] || `column ${column + 1}`, value);
    }
    if (cells.size > 0) rows.push({ file, row: at + 1, cells });
  }
  return { file, headers: headers.filter((header) => header !== ''), rows };
}

// Two columns of one name would overwrite each other; the second one gets a number and is told as not recognised.
function distinct(headers: string[]): string[] {
  return headers.map((header, at) =>
    header && headers.indexOf(header) < at ? `${header} (column ${at + 1})` : header,
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}
