import { describe, expect, it } from '@jest/globals';
import { TextPool } from './text-pool.js';

describe('A pool of strings', () => {
  it('gives back every string, however long and whatever its letters', () => {
    const pool = new TextPool();
    const texts = ['', 'a', 'è', '€'.repeat(2_000), '🙂', ...Array.from({ length: 600 }, (_, at) => `ß ${at}`)];
    for (const text of texts) pool.add(text);
    pool.trim();
    expect(texts.map((_, at) => pool.at(at))).toEqual(texts);
    expect(pool.length).toBe(texts.length);
    expect(pool.size(2)).toBe(2);
  });
});
