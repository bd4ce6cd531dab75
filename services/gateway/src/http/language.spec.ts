import { describe, expect, it } from '@jest/globals';
import { languageOf } from './language.js';

describe('The language of a caller', () => {
  it.each([
    [undefined, 'it'],
    ['', 'it'],
    ['es', 'it'],
    ['*', 'it'],
    ['de-CH', 'de'],
    ['FR', 'fr'],
    ['en;q=0.1, de;q=0.9, fr;q=0.5', 'de'],
    ['en, de', 'en'],
    ['de;q=0, fr;q=0.1', 'fr'],
    ['de;q=nonsense, en;q=0.1', 'en'],
    ['de;q=7, en;q=0.1', 'en'],
    ['itx, dex', 'it'],
    [`${'x,'.repeat(100_000)}de`, 'it'],
  ])('by the header %j is %s', (header, lang) => {
    expect(languageOf(header)).toBe(lang);
  });
});
