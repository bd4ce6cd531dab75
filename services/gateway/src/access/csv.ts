import type { Export } from '#libs/contracts';

/** An export as CSV (RFC 4180): one line a field. What a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvOf({ services }: Export): string {
  const lines = [['service', 'table', 'row', 'field', 'value']];
  for (const [service, tables] of Object.entries(services))
    for (const [table, rows] of Object.entries(tables))
      for (const [index, row] of rows.entries())
        for (const [field, value] of Object.entries(row))
          lines.push([service, table, String(index + 1), field, textOf(value)]);
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function quoted(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
