import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const src = join(import.meta.dirname, '../src');
const LANGUAGES = ['it', 'en', 'de', 'fr'];
const screens = globSync('*/locales/it.json', { cwd: src }).map((file) => file.split('/')[0] ?? '');
const sources = globSync('**/*.{ts,tsx}', { cwd: src })
  .filter((file) => !/\.(?:spec|d)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));

type Words = { [key: string]: string | Words };

function flat(words: Words, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [below, text] of flat(value, `${path}${key}.`)) found.set(below, text);
  }
  return found;
}

const wordsOf = (screen: string, lang: string) =>
  flat(JSON.parse(readFileSync(join(src, screen, 'locales', `${lang}.json`), 'utf8')) as Words);
const withoutNumber = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();

/** The keys that the sources use, by screen, as patterns: `t(`state.${state}`)` uses all that begin with `state.`. */
function used(): Map<string, RegExp[]> {
  const patterns = new Map<string, RegExp[]>(screens.map((screen) => [screen, []]));
  for (const { file, text } of sources) {
    // A file speaks in the words of one screen; those of another are named: `t('parts:again')`.
    const own = /useTranslation\(\[?'([\w-]+)'/.exec(text)?.[1] ?? file.split('/')[0] ?? '';
    for (const [, quoted, template] of text.matchAll(
      /['"]((?:[\w-]+:)?[a-zA-Z][\w.-]*)['"]|`((?:[\w-]+:)?[a-zA-Z][\w.-]*\$\{[^`]*)`/g,
    )) {
      const [key = '', screen = own] = (quoted ?? template ?? '').split(':').reverse();
      const source = key
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
        .join('.+');
      patterns.get(screen)?.push(new RegExp(`^${source}$`));
    }
  }
  return patterns;
}

describe('The words of the portal', () => {
  it.each(screens)('of %s are the same in each language, with the same things filled in', (screen) => {
    const italian = wordsOf(screen, 'it');
    for (const lang of LANGUAGES) {
      const words = wordsOf(screen, lang);
      expect([lang, [...words.keys()].sort()]).toEqual([lang, [...italian.keys()].sort()]);
      for (const [key, text] of words) {
        expect([lang, key, text.trim()]).not.toEqual([lang, key, '']);
        expect([lang, key, placeholders(text)]).toEqual([lang, key, placeholders(italian.get(key) ?? '')]);
      }
    }
  });

  it('have no plural without its counterpart', () => {
    for (const screen of screens) {
      const keys = new Set(wordsOf(screen, 'it').keys());
      for (const key of keys)
        if (key.endsWith('_one')) expect([screen, keys.has(`${withoutNumber(key)}_other`)]).toEqual([screen, true]);
    }
  });

  it('are all used', () => {
    const patterns = used();
    const idle = screens.flatMap((screen) =>
      [...wordsOf(screen, 'it').keys()]
        .filter((key) => !patterns.get(screen)?.some((pattern) => pattern.test(withoutNumber(key))))
        .map((key) => `${screen}:${key}`),
    );
    expect(idle).toEqual([]);
  });

  it('stand in the types of the keys, by which a missing one is found', () => {
    const types = readFileSync(join(src, 'i18n/words.d.ts'), 'utf8');
    for (const screen of screens) expect(types).toContain(`'../${screen}/locales/it.json'`);
  });

  it('are written in no screen itself', () => {
    const written = sources
      .filter(({ file }) => file.endsWith('.tsx'))
      .flatMap(({ file, text }) =>
        [...text.matchAll(/>\s*([\p{Lu}][\p{L}' ]{3,}[\p{L}.!?])\s*<\//gu)].map(
          ([, words]) => `${dirname(file)}: ${words}`,
        ),
      );
    // The name is the same in every language.
    expect(written.filter((one) => !one.endsWith(': Ceresio'))).toEqual([]);
  });
});
