import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Meilisearch } from 'meilisearch';
import { testMeili, testRun } from '#libs/testing';
import { asSuperuser, provisionDatabases, serviceDatabaseUrl } from './provision-databases.js';
import { provisionSearchKeys, searchKeyValues } from './provision-search-keys.js';

// A container on a busy machine takes its time.
const PATIENT = { timeout: 60_000 };

describe('Provisioned databases', () => {
  const { postgresUrl } = testRun();
  // Names of this file's own on the shared server.
  const [first, second] = ['a', 'b'].map((letter) => `prov_${letter}_${randomBytes(4).toString('hex')}`) as [
    string,
    string,
  ];
  const passwords = { [first]: 'pa:ss/w@rd ü', [second]: 'other' };
  const url = (service: string, password = passwords[service] ?? '') =>
    serviceDatabaseUrl(postgresUrl, service, password);

  beforeAll(() => provisionDatabases(postgresUrl, [first, second], passwords));
  afterAll(() =>
    asSuperuser(postgresUrl, async (client) => {
      for (const name of [first, second]) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      for (const name of [first, second]) await client.query(`DROP ROLE ${name}`);
    }),
  );

  it('let each service make tables in its own', async () => {
    const rows = await asSuperuser(url(first), async (client) => {
      await client.query('CREATE TABLE mine (word text)');
      return (await client.query('SELECT current_user AS who')).rows;
    });
    expect(rows).toEqual([{ who: first }]);
  });

  it('let no service into another one', async () => {
    const crossing = new URL(url(first));
    crossing.pathname = `/${second}`;
    await expect(asSuperuser(crossing.href, async () => {})).rejects.toThrow(/permission denied for database/);
  });

  it('keep their data when provisioning runs again, with the password it was given', async () => {
    await asSuperuser(
      url(second),
      async (client) => void (await client.query("CREATE TABLE kept AS SELECT 'Ceresio' AS word")),
    );
    await provisionDatabases(postgresUrl, [first, second], { ...passwords, [second]: 'new' });
    await expect(asSuperuser(url(second, 'other'), async () => {})).rejects.toThrow(/password authentication failed/);
    const rows = await asSuperuser(
      url(second, 'new'),
      async (client) => (await client.query('SELECT word FROM kept')).rows,
    );
    expect(rows).toEqual([{ word: 'Ceresio' }]);
  });
});

describe('Provisioned search keys', () => {
  const meili = testMeili();
  const as = (apiKey: string) => new Meilisearch({ host: meili.url, apiKey });
  const index = `${meili.prefix}words`;
  afterAll(() => meili.drop());

  it('have values that can be known beforehand, and keep them', async () => {
    const keys = await provisionSearchKeys(meili.url, meili.masterKey);
    expect(keys).toEqual(searchKeyValues(meili.masterKey));
    expect(await provisionSearchKeys(meili.url, meili.masterKey)).toEqual(keys);
  });

  it('let one write and set up and swap indexes, and the other search and nothing else', async () => {
    const writer = as(meili.indexKey);
    await writer
      .index(index)
      .addDocuments([{ id: 1, word: 'tessuti' }])
      .waitTask(PATIENT);
    await writer
      .index(index)
      .updateSettings({ searchableAttributes: ['word'] })
      .waitTask(PATIENT);
    await writer.createIndex(`${index}_new`).waitTask(PATIENT);
    // Twice, which leaves everything as it was. A key that is limited to some indexes is not shown the task of a swap, but the next one of an index.
    await writer.swapIndexes([{ indexes: [index, `${index}_new`], rename: false }]);
    await writer.swapIndexes([{ indexes: [index, `${index}_new`], rename: false }]);
    await writer.index(index).deleteDocuments(['none']).waitTask(PATIENT);
    const reader = as(meili.searchKey);
    expect((await reader.index(index).search('tessuti')).hits).toEqual([{ id: 1, word: 'tessuti' }]);
    await expect(reader.index(index).addDocuments([{ id: 2 }])).rejects.toThrow(/API key is invalid/);
    await expect(reader.getKeys()).rejects.toThrow(/API key is invalid/);
    await expect(writer.index(index).search('tessuti')).rejects.toThrow(/API key is invalid/);
    await expect(writer.getKeys()).rejects.toThrow(/API key is invalid/);
  });
});
