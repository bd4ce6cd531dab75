import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Lexicon } from '#libs/competences';
import { buildLexicon, showWords } from './lexicon.js';

describe('The lexicon command', () => {
  const dir = mkdtempSync(join(tmpdir(), 'lexicon-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('writes a file that can be read, and tells how far it is', () => {
    const file = join(dir, 'made.lexicon');
    let last = 0;
    const bytes = buildLexicon(file, (done, of) => {
      last = done / of;
    });
    const read = readFileSync(file);
    expect(read.length).toBe(bytes);
    expect(last).toBe(1);
    expect(Lexicon.fromBuffer(read).translate('filati', 'it', 'de').length).toBeGreaterThan(0);
  });

  it('shows what words become in another language, and the parts of compounds', () => {
    const text = showWords(Lexicon.own(), 'Qualität und Maschinensteuerung', 'de', ['it']).join('\n');
    expect(text).toMatch(/^qualitat\n {4}it {2}.*qual 0\.\d\d/);
    expect(text).toContain('maschinensteuer (maschin + steuer)');
    expect(text).toMatch(/ {2}maschin\n {4}it {2}macchin 0\.\d\d/);
  });

  it('says so where it knows nothing', () => {
    expect(showWords(Lexicon.own(), 'xyzzyxq', 'it', ['de'])).toEqual(['xyzzyxq', '    de  unknown']);
    expect(showWords(Lexicon.own(), 'e il', 'it', ['de'])).toEqual(['No word in it carries meaning.']);
  });
});
