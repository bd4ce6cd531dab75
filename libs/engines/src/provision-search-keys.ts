import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Meilisearch } from 'meilisearch';

/** The names of the platform's indexes begin so, unless MEILI_PREFIX says otherwise; no key reaches another. */
const INDEXES = 'ceresio_*';

// Fixed, so that running again finds the same keys: Meilisearch derives a key's value from its uid and the master key.
const KEYS = {
  indexer: {
    uid: '6f1d2c1e-52f0-4d0b-9a53-0d2f6b7a1c01',
    name: 'indexer',
    description: 'Writes the competence index.',
    actions: [
      'documents.add',
      'documents.delete',
      'documents.get',
      'indexes.*',
      'settings.get',
      'settings.update',
      'stats.get',
      'tasks.get',
    ],
    indexes: [INDEXES],
    expiresAt: null,
  },
  search: {
    uid: '6f1d2c1e-52f0-4d0b-9a53-0d2f6b7a1c02',
    name: 'search',
    description: 'Reads the competence index, never writes.',
    actions: ['search'],
    indexes: [INDEXES],
    expiresAt: null,
  },
};

/** The values that the keys have, or will have: Meilisearch derives them from its master key. */
export function searchKeyValues(masterKey: string): { indexer: string; search: string } {
  const value = (uid: string) => createHmac('sha256', masterKey).update(uid).digest('hex');
  return { indexer: value(KEYS.indexer.uid), search: value(KEYS.search.uid) };
}

/**
 * Makes Meilisearch's two keys of the platform and returns their values. May run again at any time: a key whose rights
 * are not as they should be is made anew, with the same value.
 */
export async function provisionSearchKeys(
  url: string,
  masterKey: string,
): Promise<{ indexer: string; search: string }> {
  const client = new Meilisearch({ host: url, apiKey: masterKey });
  return { indexer: await provisionKey(client, KEYS.indexer), search: await provisionKey(client, KEYS.search) };
}

async function provisionKey(client: Meilisearch, wanted: (typeof KEYS)['indexer']): Promise<string> {
  const { results } = await client.getKeys({ limit: 1000 });
  const found = results.find((key) => key.uid === wanted.uid);
  if (found) {
    const sorted = (values: readonly string[]) => [...values].sort();
    if (
      isDeepStrictEqual(
        [sorted(found.actions), sorted(found.indexes)],
        [sorted(wanted.actions), sorted(wanted.indexes)],
      )
    )
      return found.key;
    await client.deleteKey(wanted.uid);
  }
  // The types of the client name single actions only; the server knows wildcards as well.
  const made = await client.createKey(wanted as unknown as Parameters<Meilisearch['createKey']>[0]);
  return made.key;
}
