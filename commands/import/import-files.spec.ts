import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Problem } from '#libs/contracts';
import type { Broker } from '../broker.js';
import { importFiles } from './import-files.js';
import { readOptions } from './options.js';

const folder = mkdtempSync(join(tmpdir(), 'ceresio-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const list = join(folder, 'firms.csv');
const rejected = `${list}.rejected.csv`;

interface Message {
  source: string;
  consentBasis?: string;
  rows: { row: number; externalKey: string; item: { name: string } }[];
}

/** A system that keeps rows by key, as the services do; `failures` are thrown one after the other before it answers. */
function fakeSystem(failures: Error[] = [], refuse: (name: string) => boolean = () => false) {
  const messages: Message[] = [];
  const kept = new Map<string, string>();
  const call = async (_contract: unknown, data: Message) => {
    messages.push(data);
    const failure = failures.shift();
    if (failure) throw failure;
    const results = data.rows.map(({ row, externalKey, item }) => {
      if (refuse(item.name))
        return {
          row,
          outcome: 'rejected',
          errors: [{ pointer: '/identifiers/0/value', detail: 'belongs to another firm' }],
        };
      const before = kept.get(externalKey);
      kept.set(externalKey, JSON.stringify(item));
      return {
        row,
        outcome: before === undefined ? 'created' : before === kept.get(externalKey) ? 'unchanged' : 'updated',
        errors: [],
      };
    });
    return { results };
  };
  const open = async () => ({ rpc: { call }, ctx: {}, close: async () => {} }) as unknown as Broker;
  return { messages, kept, open };
}

const quiet = { say: () => {}, start: () => {}, progress: () => {}, end: () => {} };
const run = (args: string[], system: ReturnType<typeof fakeSystem>) =>
  importFiles(readOptions(args)!, system.open, quiet);

describe('an import', () => {
  beforeEach(() => rmSync(rejected, { force: true }));

  it('sends the good rows, explains the bad ones, and adds what was corrected at the next run', async () => {
    const system = fakeSystem();
    writeFileSync(list, 'nome;provincia;P.IVA\nAlfa;LC;00743110157\nBeta;Abroad;\n;CO;\n');
    expect(await run(['companies', list], system)).toMatchObject({
      rows: 3,
      items: 3,
      created: 1,
      rejected: 2,
      notSent: 0,
    });
    const lines = readFileSync(rejected, 'utf8').split('\r\n');
    expect(lines[0]).toBe('\ufefffile,row,column,value,what is wrong,what would be right');
    expect(lines[1]).toMatch(/^firms\.csv,3,provincia,Abroad,is no single province or canton we know,.*Lecco/);
    expect(lines[2]).toMatch(/^firms\.csv,4,nome,,is missing,.*name/);
    expect(statSync(rejected).mode & 0o777).toBe(0o600);
    writeFileSync(list, 'nome;provincia;P.IVA\nAlfa;LC;00743110157\nBeta;TI;\nGamma;CO;\n');
    expect(await run(['companies', list], system)).toMatchObject({ created: 2, unchanged: 1, updated: 0, rejected: 0 });
    expect(existsSync(rejected)).toBe(false);
    expect(system.messages[0]).toMatchObject({ source: 'firms' });
  });

  it('sends nothing when a file of several cannot be read', async () => {
    const system = fakeSystem();
    writeFileSync(list, 'nome;paese\nAlfa;IT\n');
    writeFileSync(join(folder, 'broken.csv'), 'nome,paese\n"Alfa,IT');
    await expect(run(['companies', list, join(folder, 'broken.csv')], system)).rejects.toThrow('no readable CSV');
    expect(system.messages).toEqual([]);
  });

  it('sends nothing in a dry run, and nothing in a strict one with a bad row', async () => {
    const system = fakeSystem();
    writeFileSync(list, 'nome;provincia\nAlfa;LC\nBeta;Abroad\n');
    expect(await run(['companies', list, '--dry-run'], system)).toMatchObject({ created: 0, rejected: 1, notSent: 1 });
    expect(await run(['companies', list, '--strict'], system)).toMatchObject({ created: 0, rejected: 1, notSent: 1 });
    expect(system.messages).toEqual([]);
    writeFileSync(list, 'nome;provincia\nAlfa;LC\n');
    expect(await run(['companies', list, '--strict'], system)).toMatchObject({ created: 1, rejected: 0 });
  });

  it('names the column of what only the system can know', async () => {
    const system = fakeSystem([], (name) => name === 'Beta');
    writeFileSync(list, 'nome;paese;Partita IVA\nAlfa;IT;\nBeta;IT;00743110157\n');
    expect(await run(['companies', list], system)).toMatchObject({ created: 1, rejected: 1, notSent: 0 });
    expect(readFileSync(rejected, 'utf8')).toContain('firms.csv,3,Partita IVA,00743110157,belongs to another firm,');
  });

  it('sends a batch again that got no answer', async () => {
    const system = fakeSystem([new Problem('timeout', 'no answer'), new Problem('unavailable', 'nobody there')]);
    writeFileSync(list, 'nome;paese\nAlfa;IT\n');
    expect(await run(['companies', list], system)).toMatchObject({ created: 1, notSent: 0 });
    expect(system.messages).toHaveLength(3);
  });

  it('keeps messages below 200 rows and 150 kilobytes', async () => {
    const system = fakeSystem();
    const rows = Array.from({ length: 450 }, (_, at) => `Firm ${at};IT;${at < 60 ? 'è'.repeat(3900) : 'breve'}`);
    writeFileSync(list, `nome;paese;descrizione\n${rows.join('\n')}\n`);
    expect(await run(['companies', list], system)).toMatchObject({ created: 450 });
    expect(Math.max(...system.messages.map(({ rows }) => rows.length))).toBeLessThanOrEqual(200);
    expect(Math.max(...system.messages.map((message) => Buffer.byteLength(JSON.stringify(message))))).toBeLessThan(
      160 * 1024,
    );
  });

  it('rejects a row that is too long for any message', async () => {
    const system = fakeSystem();
    const evidence = Array.from({ length: 40 }, (_, at) => ({ title: `t${at}`, text: '😀'.repeat(1990) }));
    const file = join(folder, 'people.json');
    writeFileSync(file, JSON.stringify([{ name: 'Pia Prova', country: 'IT', evidence }]));
    expect(await run(['experts', file, '--rejected', rejected], system)).toMatchObject({ created: 0, rejected: 1 });
    expect(readFileSync(rejected, 'utf8')).toContain('too long to be sent');
  });

  it('hands on why experts may be listed', async () => {
    const system = fakeSystem();
    const file = join(folder, 'people.json');
    writeFileSync(file, JSON.stringify([{ name: 'Pia Prova', country: 'IT', text: 'Telai' }]));
    await run(['experts', file, '--consent-basis', 'signed form of 2026'], system);
    expect(system.messages[0]).toMatchObject({ consentBasis: 'signed form of 2026', source: 'people' });
  });

  it('defuses cells that a spreadsheet would run', async () => {
    writeFileSync(list, 'nome;paese;sito\nAlfa;IT;+39 non so\n');
    await run(['companies', list], fakeSystem());
    expect(readFileSync(rejected, 'utf8')).toContain(",'+39 non so,");
  });
});

describe('the options', () => {
  it.each([
    [[], 'companies or experts'],
    [['people', 'x.csv'], 'companies or experts'],
    [['companies'], 'Name a file'],
    [['companies', 'x.csv', '--preset', 'erc'], 'no preset erc for companies; there is knowledge-share'],
    [['companies', 'x.csv', '--consent-basis', 'x'], 'for experts'],
    [['experts', 'x.csv', '--consent-basis', ' '], 'needs a text'],
    [['companies', 'x.csv', '--country', 'Atlantis'], '--country takes a code'],
    [['companies', 'x.csv', '--speed'], '--speed'],
    [['companies', 'x.csv', '--delimiter', ';;'], 'one character'],
  ])('%j are refused', (args, why) => {
    expect(() => readOptions(args)).toThrow(why);
  });

  it('ask for help in which every example is well-formed', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });
});
