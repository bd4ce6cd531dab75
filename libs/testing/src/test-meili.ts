import { randomBytes } from 'node:crypto';
import { Meilisearch } from 'meilisearch';
import { testRun } from './run.js';

/** A test file's part of the shared Meilisearch: every index whose uid begins with `prefix`. */
export interface TestMeili {
  url: string;
  masterKey: string;
  /** May write, not search; and may search, not write: as in a running system. */
  indexKey: string;
  searchKey: string;
  /** For the variable MEILI_PREFIX of a service. */
  prefix: string;
  /** Deletes the indexes of this file. */
  drop(): Promise<void>;
}

/** A prefix of one's own on the shared server, with the keys that the services use. */
export function testMeili(): TestMeili {
  const { url, masterKey, indexKey, searchKey } = testRun().meili;
  const prefix = `ceresio_t${randomBytes(5).toString('hex')}_`;
  return {
    url,
    masterKey,
    indexKey,
    searchKey,
    prefix,
    drop: async () => {
      const client = new Meilisearch({ host: url, apiKey: masterKey });
      const { results } = await client.getIndexes({ limit: 1000 });
      for (const { uid } of results) if (uid.startsWith(prefix)) await client.deleteIndex(uid);
    },
  };
}
