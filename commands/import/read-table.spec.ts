import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readTable } from './read-table.js';
import { UnreadableFile } from './table.js';
import { xlsxFixture } from './xlsx.fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'ceresio-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const rowsOf = async (name: string, content: string | Uint8Array, options = {}) =>
  (await readTable(file(name, content), options)).rows.map(({ row, cells }) => ({ row, ...Object.fromEntries(cells) }));

describe('reading a list', () => {
  it('reads commas and semicolons, whatever the texts in the cells hold', async () => {
    expect(await rowsOf('a.csv', 'name,text\nAlfa,"molle; filo; reti; funi"\n')).toEqual([
      { row: 2, name: 'Alfa', text: 'molle; filo; reti; funi' },
    ]);
    expect(await rowsOf('b.csv', 'nome;testo\nAlfa;molle, filo, reti, funi\n')).toEqual([
      { row: 2, nome: 'Alfa', testo: 'molle, filo, reti, funi' },
    ]);
    expect(await rowsOf('c.tsv', 'nome\ttesto\nAlfa\tmolle\n')).toEqual([{ row: 2, nome: 'Alfa', testo: 'molle' }]);
    expect(await rowsOf('d.csv', 'nome|testo\nAlfa|molle\n')).toEqual([{ row: 2, nome: 'Alfa', testo: 'molle' }]);
    expect(await rowsOf('e.csv', 'nome^testo\nAlfa^molle\n', { delimiter: '^' })).toEqual([
      { row: 2, nome: 'Alfa', testo: 'molle' },
    ]);
  });

  it('takes the separator that Excel writes into the first line', async () => {
    expect(await rowsOf('sep.csv', 'sep=;\r\nnome;testo, lungo\r\nAlfa;molle\r\n')).toMatchObject([
      { nome: 'Alfa', 'testo, lungo': 'molle' },
    ]);
  });

  it('reads accents in UTF-8 with a byte order mark, in Windows-1252 and in UTF-16', async () => {
    const text = 'Società;Località\nCaffè Zürich;Cantù – città\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    const windows = Buffer.from([...text].map((character) => (character === '–' ? 0x96 : character.charCodeAt(0))));
    for (const content of [`\ufeff${text}`, utf16, windows]) {
      expect(await rowsOf('accents.csv', content)).toEqual([
        { row: 2, Società: 'Caffè Zürich', Località: 'Cantù – città' },
      ]);
    }
  });

  it('counts rows as a spreadsheet does, with empty lines and cells of several lines', async () => {
    const rows = await rowsOf('rows.csv', 'nome,testo\n\nAlfa,"una riga\ne un\'altra"\n\nBeta,\n');
    expect(rows.map(({ row }) => row)).toEqual([3, 5]);
  });

  it('reads an XLSX sheet by number or name, with what its formulas gave', async () => {
    const book = xlsxFixture({
      Note: [['Elenco inventato']],
      Imprese: [
        ['nome', 'P.IVA', 'addetti'],
        ['Alfa', 743110157, { formula: 'SUM(B1:B2)', value: 12 }],
      ],
    });
    const expected = [{ row: 2, nome: 'Alfa', 'P.IVA': 743110157, addetti: 12 }];
    expect(await rowsOf('book.xlsx', book, { sheet: '2' })).toEqual(expected);
    expect(await rowsOf('book.xlsx', book, { sheet: 'Imprese' })).toEqual(expected);
    await expect(rowsOf('book.xlsx', book, { sheet: '3' })).rejects.toThrow('has no sheet 3. It has: Note, Imprese');
  });

  it('takes a cell in which a formula failed for an empty one', async () => {
    const book = xlsxFixture({
      Imprese: [
        ['nome', 'comune'],
        ['Alfa', { error: '#N/A' }],
      ],
    });
    expect(await rowsOf('errors.xlsx', book)).toEqual([{ row: 2, nome: 'Alfa' }]);
  });

  it('reads JSON as an array, also inside an object', async () => {
    const expected = [{ row: 1, name: 'Alfa', sectors: ['28.41'] }];
    expect(await rowsOf('a.json', '[{"name":"Alfa","sectors":["28.41"],"town":null}]')).toEqual(expected);
    expect(await rowsOf('b.json', '\ufeff{"note":"x","items":[{"name":"Alfa","sectors":["28.41"]}]}')).toEqual(
      expected,
    );
  });

  it.each([
    ['empty.csv', '', 'is empty'],
    ['quote.csv', 'name,text\n"Alfa,molle\n', 'is no readable CSV'],
    ['broken.json', '[{"name":', 'is no valid JSON'],
    ['two.json', '{"a":[],"b":[]}', 'holds no list'],
    ['words.json', '["Alfa"]', 'element 1 is no object'],
    ['fake.xlsx', 'name,text', 'is no readable XLSX file'],
    ['old.xls', 'x', "Excel's old format"],
    ['list.pdf', 'x', 'is none of'],
  ])('says of %s why it cannot be read', async (name, content, why) => {
    await expect(rowsOf(name, content)).rejects.toThrow(UnreadableFile);
    await expect(rowsOf(name, content)).rejects.toThrow(why);
  });

  it('says that a file is not there', async () => {
    await expect(readTable(join(folder, 'nothing.csv'))).rejects.toThrow('There is no file');
  });
});
