import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cacheIn, contentHash } from './cache.js';

describe('the cache of the bench', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ranking-cache-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('makes a value once for a key, also for the next run', async () => {
    let made = 0;
    const make = async () => new Map([['weights', Float32Array.of(0.5, ++made)]]);
    const first = await cacheIn(dir).cached(['lexicon', 'it-en'], make);
    expect(await cacheIn(dir).cached(['lexicon', 'it-en'], make)).toEqual(first);
    expect(await cacheIn(dir).cached(['lexicon', 'it-de'], make)).not.toEqual(first);
    expect(made).toBe(2);
  });

  it('makes a value anew where the stored one cannot be read', async () => {
    await cacheIn(dir).cached(['a'], async () => 1);
    for (const file of readdirSync(dir)) writeFileSync(join(dir, file), 'torn');
    expect(await cacheIn(dir).cached(['a'], async () => 2)).toBe(2);
  });

  it('hashes what a folder holds, wherever it lies', async () => {
    const [one, two] = [join(dir, 'one'), join(dir, 'two')];
    cpSync(join(import.meta.dirname, 'sample-set'), one, { recursive: true });
    cpSync(one, two, { recursive: true });
    expect(await contentHash(one)).toBe(await contentHash(two));
    writeFileSync(join(two, 'queries.jsonl'), '');
    expect(await contentHash(one)).not.toBe(await contentHash(two));
  });
});
