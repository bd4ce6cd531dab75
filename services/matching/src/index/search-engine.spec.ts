import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { SearchEngine } from './search-engine.js';

it('A service that ends waits no longer for a search engine that is busy with what it was sent', async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') asked++;
    const status = request.method === 'GET' ? 'processing' : 'enqueued';
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ taskUid: 1, uid: 1, status }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const engine = new SearchEngine({
    MEILI_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ MEILI_INDEX_KEY: 'key', MEILI_SEARCH_KEY: 'key', MEILI_PREFIX: '' },
  });
  const sent = engine.remove('experts', ['one']);
  await eventually(() => expect(asked).toBeGreaterThan(1));
  engine.stopWaiting();
  await expect(sent).rejects.toThrow('The service ends');
  server.closeAllConnections();
  server.close();
});
