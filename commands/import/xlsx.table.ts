import readExcelFile from 'read-excel-file/node';
import { gridTable, type Table, UnreadableFile } from './table.js';

/** Reads one sheet of an XLSX file, the first unless told: a number from 1 or a name. Throws UnreadableFile. */
export async function xlsxTable(file: string, content: Buffer, sheet = '1'): Promise<Table> {
  const sheets = await sheetsOf(file, content);
  const found =
    sheets.find((one) => one.sheet === sheet) ?? (/^\d+$/.test(sheet) ? sheets[Number(sheet) - 1] : undefined);
  if (!found) {
    throw new UnreadableFile(`${file} has no sheet ${sheet}. It has: ${sheets.map((one) => one.sheet).join(', ')}`);
  }
  return gridTable(file, found.data);
}

async function sheetsOf(file: string, content: Buffer) {
  try {
    return await readExcelFile(content);
  } catch (error) {
    throw new UnreadableFile(`${file} is no readable XLSX file: ${(error as Error).message}`);
  }
}
