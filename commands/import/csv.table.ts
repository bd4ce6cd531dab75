import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.js';
import { gridTable, type Table, UnreadableFile } from './table.js';

const DELIMITERS = [';', ',', '\t', '|'];

/** Reads CSV text in UTF-8, UTF-16 or Windows-1252 with `,`, `;`, tab or `|`. Throws UnreadableFile where quotes never close. */
export function csvTable(file: string, content: Buffer, delimiter?: string): Table {
  let text = decodeText(content);
  // Excel writes this line for itself.
  const told = /^sep=(.)\r?\n/.exec(text);
  if (told) text = text.slice(told[0].length);
  try {
    const grid = parse(text, {
      delimiter: delimiter ?? told?.[1] ?? delimiterOf(text),
      relax_column_count: true,
      // A quotation mark in the middle of an unquoted cell (10" pipe) is a character like others.
      relax_quotes: true,
      skip_empty_lines: false,
    }) as string[][];
    return gridTable(file, grid);
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableFile(`${file} is no readable CSV: ${error.message}`);
    throw error;
  }
}

/** The separator that a file uses: the one found most often in its first lines outside quotation marks. */
function delimiterOf(text: string): string {
  const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let lines = 0;
  for (const character of text.slice(0, 100_000)) {
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    // The header decides; the lines after it may be full of commas in texts.
    if (character === '\n' && ++lines > 0 && [...counts.values()].some((count) => count > 0)) break;
    const count = counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  const best = [...counts].sort((a, b) => b[1] - a[1])[0];
  return best && best[1] > 0 ? best[0] : ',';
}
