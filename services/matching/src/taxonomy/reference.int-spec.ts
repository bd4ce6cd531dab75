import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  activeReferences,
  keepLexicon,
  keepReferences,
  lexiconOf,
  type ReferenceConcept,
  removeReference,
} from '#libs/competences';
import { eventually, type TestDatabase, templateDatabase } from '#libs/testing';
import { dataSourceOptions } from '../data-source.js';
import { ReferenceTaxonomies } from './reference.service.js';

/** Invented concepts that all say which import they come from. */
const concepts = (word: string, count = 300): ReferenceConcept[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `s:${String(at).padStart(4, '0')}`,
    kind: 'skill',
    broader: at === 0 ? [] : ['s:0000'],
    labels: { it: [], en: [`${word} ${at}`, `other ${word} ${at}`], de: [`${word}werk ${at}`], fr: [] },
  }));
const imported = (word: string, source = 'esco') => ({ source, attribution: null, concepts: concepts(word) });

describe('The imported taxonomy in memory', () => {
  let database: TestDatabase;
  let source: DataSource;
  let mirror: ReferenceTaxonomies;
  const keep = (...words: string[]) =>
    source.transaction((manager) =>
      keepReferences(
        manager,
        words.map((word) => imported(word)),
      ),
    );
  const label = () => mirror.current()?.label('s:0007', 'en');
  const followed = (expected: string | undefined) => eventually(() => expect(label()).toBe(expected));

  beforeAll(async () => {
    database = await templateDatabase('matching', dataSourceOptions(''));
    source = await new DataSource(dataSourceOptions(database.url)).initialize();
    mirror = new ReferenceTaxonomies(source);
    await mirror.onModuleInit();
  });
  beforeEach(async () => {
    await source.query('DELETE FROM taxonomy_version');
    await mirror.refresh();
  });
  afterAll(async () => {
    await mirror.beforeApplicationShutdown();
    await source.destroy();
    await database.drop();
  });

  it('is absent until something is imported, follows every import by itself, and is absent again when it is removed', async () => {
    expect(mirror.current()).toBeUndefined();
    await keep('first');
    await followed('first 7');
    expect(mirror.current()?.get('s:0007')).toEqual(concepts('first')[7]);
    await keep('second');
    await followed('second 7');
    await source.transaction((manager) => removeReference(manager, 'esco'));
    await followed(undefined);
  });

  it('is there at once when the service starts', async () => {
    await keep('first');
    const later = new ReferenceTaxonomies(source);
    await later.onModuleInit();
    expect(later.current()?.size).toBe(300);
    await later.beforeApplicationShutdown();
  });

  it('shows nothing of an import that has not ended', async () => {
    await keep('first');
    await followed('first 7');
    await source.transaction(async (manager) => {
      await keepReferences(manager, [imported('second')]);
      await mirror.refresh();
      expect(label()).toBe('first 7');
    });
    await followed('second 7');
  });

  it('answers from one import or the other while they follow each other, never from both', async () => {
    // More than one page of rows, so that an import may come between two of them.
    const large = (word: string) => ({ ...imported(word), concepts: concepts(word, 2_100) });
    const seen = new Set<string>();
    mirror.onChange((taxonomy) => {
      const words = new Set(taxonomy?.ids().flatMap((id) => taxonomy.labels(id, 'de')));
      const origins = new Set([...words].map((one) => one.replace(/werk \d+$/, '')));
      seen.add(`${taxonomy?.size} of ${[...origins].join(' and ')}`);
    });
    const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta'];
    for (const word of words) await source.transaction((manager) => keepReferences(manager, [large(word)]));
    await followed('theta 7');
    const whole = new Set(words.map((word) => `2100 of ${word}`));
    expect([...seen].filter((one) => !whole.has(one))).toEqual([]);
    expect(seen).toContain('2100 of theta');
  });

  it('puts several classifications together and tells where they come from', async () => {
    await source.transaction(async (manager) => {
      const other = concepts('sector', 2).map((one, at) => ({
        ...one,
        id: `noga:${at}`,
        kind: 'sector' as const,
        broader: [],
      }));
      await keepReferences(manager, [imported('first'), { source: 'noga', attribution: null, concepts: other }]);
    });
    await eventually(() => expect(mirror.current()?.size).toBe(302));
    expect(mirror.sources().map((one) => [one.source, one.concepts])).toEqual([
      ['esco', 300],
      ['noga', 2],
    ]);
    expect(mirror.current()?.kind('noga:1')).toBe('sector');
  });

  it('has the same version for the same content, and another one for another', async () => {
    const versions: (string | undefined)[] = [];
    for (const word of ['first', 'second', 'first']) {
      await keep(word);
      await followed(`${word} 7`);
      versions.push(mirror.current()?.version);
    }
    expect(versions[2]).toBe(versions[0]);
    expect(versions[1]).not.toBe(versions[0]);
  });

  it('tells its listeners of a lexicon that was built for the version in use, without building the taxonomy anew', async () => {
    await keep('first');
    await followed('first 7');
    const before = mirror.current();
    let told = 0;
    mirror.onChange(() => {
      told++;
    });
    const [version] = await activeReferences(source.manager);
    await keepLexicon(source.manager, version!.id, Buffer.from([1, 2, 3]));
    await eventually(() => expect(told).toBe(1));
    expect(mirror.current()).toBe(before);
    expect(mirror.sources()[0]?.lexiconAt).toBeInstanceOf(Date);
    expect(await lexiconOf(source.manager, version!.id)).toEqual(Buffer.from([1, 2, 3]));
  });

  it('hears again after the connection on which it listens was cut', async () => {
    await keep('first');
    await followed('first 7');
    await source.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    // The look that comes by and by opens the ear again; what follows is heard at once.
    await eventually(async () => {
      await mirror.refresh();
      const ears = await source.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      );
      expect(ears).toHaveLength(1);
    });
    await keep('second');
    await followed('second 7');
  });
});
