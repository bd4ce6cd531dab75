import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { KeepReference1795200000003 } from '#libs/competences';
import { type TestDatabase, templateDatabase } from '#libs/testing';
import { readCall } from './taxonomy/options.js';
import { taxonomyCommand } from './taxonomy.js';

// Invented concepts in the layout of the official files.
const SKILL = 'http://data.europa.eu/esco/skill';
const skills = (...rows: [number, string][]) =>
  ['conceptUri,preferredLabel,altLabels', ...rows.map(([id, label]) => `${SKILL}/${id},${label},`)].join('\n');
const SILENT = { start: () => {}, step: () => {}, end: () => {} };

describe('The taxonomy command', () => {
  let database: TestDatabase;
  let source: DataSource;
  let dir: string;
  let code: number;
  const write = (name: string, text: string) => {
    writeFileSync(join(dir, name), text);
    return join(dir, name);
  };
  const run = async (...args: string[]): Promise<string> => {
    const lines: string[] = [];
    code = await taxonomyCommand(
      readCall(args),
      (work) => work(source.manager),
      (line) => lines.push(line),
      SILENT,
    );
    return lines.join('\n');
  };
  const kept = async () => {
    const rows: { id: string; labels: string[] }[] = await source.query(
      'SELECT c.id, l.labels FROM reference_concept c LEFT JOIN reference_label l USING (version_id, place) ORDER BY c.id, l.lang',
    );
    return rows.map(({ id, labels }) => `${id.slice(SKILL.length + 1)} ${labels?.join(' ')}`);
  };

  beforeAll(async () => {
    database = await templateDatabase('matching', [KeepReference1795200000003]);
    source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    dir = mkdtempSync(join(tmpdir(), 'taxonomy-'));
  });
  beforeEach(() => source.query('DELETE FROM taxonomy_version'));
  afterAll(async () => {
    await source.destroy();
    await database.drop();
    rmSync(dir, { recursive: true });
  });

  it('imports files, says what came of it and prints the line that ESCO asks for', async () => {
    expect(await run('status')).toBe('No classification is imported; the own competences are in use alone.');
    const said = await run('import', write('skills_en.csv', skills([1, 'plait baskets'], [2, 'tune bells'])));
    expect(said).toContain('2 skills       it 0  en 2 (2 labels)');
    expect(said).toContain('esco: 2 concepts are in use now');
    expect(said).toContain('This service uses the ESCO classification of the European Commission.');
    expect(await kept()).toEqual(['1 plait baskets', '2 tune bells']);
    expect(await run('status')).toMatch(
      /^esco .* 2 concepts in en, with a lexicon\nThis service uses the ESCO classification/,
    );
  });

  it('changes nothing when the same files come again, and says so', async () => {
    const file = write('skills_en.csv', skills([1, 'plait baskets']));
    await run('import', file);
    const before = await source.query('SELECT * FROM taxonomy_version');
    expect(await run('import', file)).toContain('esco: unchanged, the same content is in use already.');
    expect(code).toBe(0);
    expect(await source.query('SELECT * FROM taxonomy_version')).toEqual(before);
  });

  it('puts what was imported before out of use as a whole, and keeps nothing of it', async () => {
    await run('import', write('skills_en.csv', skills([1, 'plait baskets'], [2, 'tune bells'])));
    await run('import', write('skills_en.csv', skills([2, 'tune church bells'], [3, 'repair lamps'])));
    expect(await kept()).toEqual(['2 tune church bells', '3 repair lamps']);
    expect(await source.query('SELECT count(*)::int AS count FROM taxonomy_version')).toEqual([{ count: 1 }]);
  });

  it('refuses to lose a language or a kind that is in use, unless it is told to', async () => {
    const italian = write('skills_it.csv', skills([1, 'intrecciare cesti']));
    const english = write('skills_en.csv', skills([1, 'plait baskets']));
    await run('import', english, italian);
    await expect(run('import', english)).rejects.toThrow('esco is in use with it, which these files do not have.');
    expect(await kept()).toEqual(['1 plait baskets', '1 intrecciare cesti']);
    await run('import', english, '--replace');
    expect(await kept()).toEqual(['1 plait baskets']);
  });

  it('leaves another classification alone, and removes the one that is named', async () => {
    await run('import', write('skills_en.csv', skills([1, 'plait baskets'])));
    await run('import', write('ateco_2025.json', JSON.stringify([{ code: '16.29.1', description: 'Cesti' }])));
    // Learned from both together.
    expect((await run('status')).match(/with a lexicon/g)).toHaveLength(1);
    expect(await run('remove', 'esco')).toBe('esco is removed.');
    expect(await run('status')).toMatch(/^ateco2025 .* 1 concepts in it, with a lexicon$/);
    expect(await source.query('SELECT id FROM reference_concept')).toEqual([{ id: 'ateco2025:16.29.1' }]);
    await expect(run('remove', 'esco')).rejects.toThrow('There is no esco; imported: ateco2025.');
  });

  it('changes nothing in a dry run, and leaves out what --without names', async () => {
    const file = write('skills_en.csv', skills([1, 'plait baskets'], [2, 'tune bells']));
    const without = write('without.tsv', `${SKILL}/2\tbecause\n`);
    expect(await run('import', file, '--dry-run')).toContain('Dry run: nothing was changed.');
    expect(await kept()).toEqual([]);
    await run('import', file, '--without', without);
    expect(await kept()).toEqual(['1 plait baskets']);
  });

  it('keeps the version in use when an import fails in the middle', async () => {
    await run('import', write('skills_en.csv', skills([1, 'plait baskets'])));
    await source.query('ALTER TABLE reference_label ADD CONSTRAINT test_fails CHECK (version_id < 0) NOT VALID');
    await expect(run('import', write('skills_en.csv', skills([2, 'tune bells'])))).rejects.toThrow('test_fails');
    await source.query('ALTER TABLE reference_label DROP CONSTRAINT test_fails');
    expect(await kept()).toEqual(['1 plait baskets']);
  });

  it('ends with 1 when nothing was usable, and says what was wrong', async () => {
    const said = await run('import', write('addresses.csv', 'name,street\nsomebody,somewhere\n'));
    expect(code).toBe(1);
    expect(said).toContain('addresses.csv: it is neither a file of ESCO');
    expect(said).toContain('Nothing in these files was usable.');
  });

  it('says what is wrong with its call', () => {
    expect(() => readCall([])).toThrow('What is to be done?');
    expect(() => readCall(['bury'])).toThrow('There is no "bury".');
    expect(() => readCall(['import'])).toThrow('Name files or folders to import.');
    expect(() => readCall(['import', join(dir, 'nowhere')])).toThrow('nowhere');
    expect(() => readCall(['remove'])).toThrow('Name the one classification');
    expect(() => readCall(['status', '--louder'])).toThrow('--louder');
    expect(readCall(['--help'])).toEqual({ action: 'help' });
  });
});
