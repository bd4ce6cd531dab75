import { decodeText } from './decode-text.js';
import { type Table, type TableRow, UnreadableFile } from './table.js';

/** Reads a JSON array of objects, alone or as the only array of an object (`{ "note": …, "items": […] }`). Throws UnreadableFile. */
export function jsonTable(file: string, content: Buffer): Table {
  const list = listOf(file, parsed(file, content));
  const headers = new Set<string>();
  const rows: TableRow[] = list.map((entry, at) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
      throw new UnreadableFile(`${file}: element ${at + 1} is no object.`);
    }
    const filled = Object.entries(entry).filter(([, value]) => value !== null && value !== '');
    for (const [key] of filled) headers.add(key);
    return { file, row: at + 1, cells: new Map(filled) };
  });
  return { file, headers: [...headers], rows };
}

function parsed(file: string, content: Buffer): unknown {
  try {
    return JSON.parse(decodeText(content).replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UnreadableFile(`${file} is no valid JSON: ${(error as Error).message}`);
  }
}

function listOf(file: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const arrays = Object.values(value ?? {}).filter((one) => Array.isArray(one));
  if (arrays.length === 1) return arrays[0] as unknown[];
  throw new UnreadableFile(`${file} holds no list: an array of objects is expected.`);
}
