import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { testDirectory, testRun } from '#libs/testing';

const SAMPLE = join(import.meta.dirname, 'sample-set');
const STORED = join(import.meta.dirname, 'sample-summary.json');
const KEYS =
  'set system split queries nDCG@10 MAP MRR R@100 RP@5 A@1 A@10 cMRR? cA@10? loss? taxonomy p50_ms p95_ms'.split(' ');

type Line = Record<string, string | number>;

describe('npm run bench:ranking', () => {
  it('prints a JSON line for each system, the product first where it runs, then a table', async () => {
    const { code, stdout, stderr } = await bench(SAMPLE, '--taxonomy', 'own', '--compare', STORED);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const lines = jsonLines(stdout);
    expect(lines.map(({ system }) => system).filter((system) => system !== 'ceresio')).toEqual([
      'meili-raw',
      'meili-terms',
      'bm25',
      'char',
    ]);
    expect(lines.findIndex(({ system }) => system === 'ceresio')).toBeLessThanOrEqual(0);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(KEYS.filter((key) => !key.endsWith('?')));
      expect(line).toMatchObject({ set: 'sample-set', split: 'all', queries: 12 });
      expect(line['nDCG@10']).toBeGreaterThan(0);
      expect(line['nDCG@10']).toBeLessThanOrEqual(1);
    }
    expect(stdout).toContain('nDCG@10');
    expect(stdout).toContain('95 % interval');
  });

  it('adds concepts and loss where the set has them, and takes the queries marked test', async () => {
    const dir = set({ split: true, concepts: true, profiles: true });
    const { stdout, code } = await bench(dir, '--system', 'bm25,meili-raw');
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    expect(lines.map(({ system }) => system)).toEqual(['meili-raw', 'bm25']);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(KEYS.map((key) => key.replace('?', '')));
      expect(line).toMatchObject({ split: 'test', queries: 6 });
    }
    const val = jsonLines((await bench(dir, '--system', 'bm25', '--split', 'val', '--limit', '2')).stdout);
    expect(val).toMatchObject([{ split: 'val', queries: 2 }]);
  });

  it('ends with 1 and says what is worse than stored', async () => {
    const dir = testDirectory('ranking');
    const out = join(dir, 'summary.json');
    expect((await bench(SAMPLE, '--system', 'bm25', '--out', out)).code).toBe(0);
    expect((await bench(SAMPLE, '--system', 'bm25', '--compare', out)).code).toBe(0);
    const summary = JSON.parse(readFileSync(out, 'utf8')) as { results: { line: Record<string, number> }[] };
    summary.results[0]!.line['nDCG@10']! += 0.02;
    writeFileSync(out, JSON.stringify(summary));
    const { code, stdout } = await bench(SAMPLE, '--system', 'bm25', '--compare', out);
    expect(code).toBe(1);
    expect(stdout).toContain('Worse than stored: sample-set, bm25: nDCG@10 was');
  });

  it('says what is wrong with a folder or an option', async () => {
    expect(await bench('/nowhere')).toMatchObject({ code: 1, stderr: expect.stringContaining('is not a folder') });
    expect(await bench(SAMPLE, '--system', 'bm26')).toMatchObject({ code: 1, stderr: expect.stringContaining('bm26') });
    expect(await bench('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--taxonomy') });
  });
});

/** The sample with what other sets have beside it. */
function set(has: { split: boolean; concepts: boolean; profiles: boolean }): string {
  const dir = testDirectory('ranking-set');
  cpSync(SAMPLE, dir, { recursive: true });
  const rewrite = (file: string, change: (item: Line, index: number) => object) => {
    const items = readFileSync(join(dir, file), 'utf8').trim().split('\n');
    writeFileSync(
      join(dir, file),
      items.map((item, index) => JSON.stringify(change(JSON.parse(item), index))).join('\n'),
    );
  };
  if (has.split) rewrite('queries.jsonl', (query, index) => ({ ...query, split: index % 2 === 0 ? 'test' : 'val' }));
  if (has.concepts) rewrite('candidates.jsonl', (item, index) => ({ ...item, concept: `urn:trade:${index % 9}` }));
  if (has.profiles) writeFileSync(join(dir, 'profiles.tsv'), '1\te01\tt01\n1\te02\tt03\n2\te01\tt02\n2\te05\tt08\n');
  return dir;
}

const jsonLines = (stdout: string): Line[] =>
  stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { postgresUrl, meili } = testRun();
  const env = { ...process.env, DATABASE_URL: postgresUrl, MEILI_URL: meili.url, MEILI_MASTER_KEY: meili.masterKey };
  const node = ['--conditions=source', '--import', '@swc-node/register/esm-register'];
  const command = [...node, join(import.meta.dirname, 'main.ts'), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: join(import.meta.dirname, '../..'), env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}
