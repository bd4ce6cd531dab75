import { afterAll, describe, expect, it } from '@jest/globals';
import { testMeili } from '#libs/testing';

const meili = testMeili();
const own = `${meili.prefix}matrix`;
const foreign = 'somebody_elses';

/** Everything that Meilisearch does for who has the right to. `{i}` is the index. */
const ACTIONS = {
  search: ['POST', '/indexes/{i}/search', {}],
  'search in several': ['POST', '/multi-search', { queries: [{ indexUid: '{i}', q: '' }] }],
  'documents.add': ['POST', '/indexes/{i}/documents', [{ id: 1, word: 'telaio' }]],
  'documents.get': ['GET', '/indexes/{i}/documents'],
  'documents.delete': ['DELETE', '/indexes/{i}/documents/7'],
  'settings.get': ['GET', '/indexes/{i}/settings'],
  'settings.update': ['PATCH', '/indexes/{i}/settings', { searchableAttributes: ['word'] }],
  'indexes.get': ['GET', '/indexes/{i}'],
  'indexes.update': ['PATCH', '/indexes/{i}', { primaryKey: 'id' }],
  'indexes.create': ['POST', '/indexes', { uid: '{i}' }],
  'indexes.swap': ['POST', '/swap-indexes', [{ indexes: ['{i}', '{i}_next'] }]],
  'indexes.delete': ['DELETE', '/indexes/{i}'],
  'stats of the index': ['GET', '/indexes/{i}/stats'],
} as const;
const OF_THE_SERVER = {
  'keys.get': ['GET', '/keys'],
  'keys.create': ['POST', '/keys', { actions: ['*'], indexes: ['*'], expiresAt: null }],
  'keys.delete': ['DELETE', '/keys/6f1d2c1e-52f0-4d0b-9a53-0d2f6b7a1c02'],
  'dumps.create': ['POST', '/dumps'],
  'snapshots.create': ['POST', '/snapshots'],
  'tasks.cancel': ['POST', '/tasks/cancel?statuses=enqueued'],
  'tasks.delete': ['DELETE', '/tasks?statuses=succeeded'],
  version: ['GET', '/version'],
  metrics: ['GET', '/metrics'],
  'experimental features': ['PATCH', '/experimental-features', { metrics: true }],
} as const;

const SEARCHES = ['search', 'search in several'];
const WRITES = Object.keys(ACTIONS).filter((action) => !SEARCHES.includes(action));
const KEYS: Record<string, { key: string | undefined; may: readonly string[] }> = {
  'no key': { key: undefined, may: [] },
  'a made-up key': { key: '0'.repeat(64), may: [] },
  'the search key': { key: meili.searchKey, may: SEARCHES },
  'the key that writes': { key: meili.indexKey, may: WRITES },
};

/** Whether the server lets the key do it: what it says of a missing index or a bad body comes after that question. */
async function mayDo(
  key: string | undefined,
  action: readonly [string, string, unknown?],
  index = '',
): Promise<boolean> {
  const [method, path, body] = JSON.parse(JSON.stringify(action).replaceAll('{i}', index)) as typeof action;
  const response = await fetch(meili.url + path, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { code } = (await response.json().catch(() => ({}))) as { code?: string };
  return (
    !['invalid_api_key', 'missing_authorization_header'].includes(code ?? '') && ![401, 403].includes(response.status)
  );
}

describe('Every key of the search engine', () => {
  afterAll(() => meili.drop());

  it.each(Object.keys(KEYS))('does to the platform’s indexes what its row allows: %s', async (name) => {
    const { key, may } = KEYS[name]!;
    const done: string[] = [];
    for (const [action, request] of Object.entries(ACTIONS)) if (await mayDo(key, request, own)) done.push(action);
    expect(done.sort()).toEqual([...may].sort());
  });

  it.each(Object.keys(KEYS))('does nothing to another’s index, nor to the server: %s', async (name) => {
    const { key } = KEYS[name]!;
    const done: string[] = [];
    for (const [action, request] of Object.entries(ACTIONS)) if (await mayDo(key, request, foreign)) done.push(action);
    for (const [action, request] of Object.entries(OF_THE_SERVER)) if (await mayDo(key, request)) done.push(action);
    expect(done).toEqual([]);
  });

  it('is neither of the services’ the master key', () => {
    expect([meili.indexKey, meili.searchKey]).not.toContain(meili.masterKey);
  });
});
