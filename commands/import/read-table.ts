import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { csvTable } from './csv.table.js';
import { jsonTable } from './json.table.js';
import { type Table, UnreadableFile } from './table.js';
import { xlsxTable } from './xlsx.table.js';

export interface ReadOptions {
  /** Number (from 1) or name of the sheet of an XLSX file. */
  sheet?: string;
  /** Separator of a CSV file; found out where it is not given. */
  delimiter?: string;
}

// A list of every firm of the region with texts has some tens of megabytes; what is far larger is no such list.
const LARGEST = 512 * 1024 * 1024;

/** Reads a CSV, XLSX or JSON file, recognised by its ending. Throws UnreadableFile. */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  const file = basename(path);
  const content = contentOf(path);
  const ending = extname(path).toLowerCase();
  if (ending === '.xlsx') return xlsxTable(file, content, options.sheet);
  if (ending === '.json') return jsonTable(file, content);
  if (ending === '.csv' || ending === '.tsv' || ending === '.txt') {
    return csvTable(file, content, options.delimiter ?? (ending === '.tsv' ? '\t' : undefined));
  }
  if (ending === '.xls') throw new UnreadableFile(`${file} is in Excel's old format: save it as .xlsx or .csv.`);
  throw new UnreadableFile(`${file} is none of .csv, .tsv, .xlsx, .json.`);
}

function contentOf(path: string): Buffer {
  try {
    const { size } = statSync(path);
    if (size > LARGEST) throw new UnreadableFile(`${path} is larger than 512 MB: split it.`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UnreadableFile(`There is no file ${path}.`);
    if (code === 'EISDIR') throw new UnreadableFile(`${path} is a folder: name the files in it.`);
    throw new UnreadableFile(`${path} cannot be read (${code}).`);
  }
}
