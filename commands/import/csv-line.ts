/** One line of CSV with commas. A cell that a spreadsheet would run as a formula is defused by an apostrophe. */
export function stringify(cells: readonly string[]): string {
  return cells
    .map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}
