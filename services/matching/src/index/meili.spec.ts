import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { meili } from './meili.js';

describe('The connection to Meilisearch', () => {
  let server: Server;
  afterEach(() => void server.close());

  it('outlives a server that hangs up on an idle connection just as the next request is sent', async () => {
    const answered = new Map<Socket, number>();
    server = createServer((request, response) => {
      const { socket } = request;
      const count = (answered.get(socket) ?? 0) + 1;
      answered.set(socket, count);
      if (count > 1) socket.destroy();
      else response.setHeader('content-type', 'application/json').end('{"status":"available"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = meili(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'key', 1000);
    for (let i = 0; i < 3; i++) expect(await client.health()).toEqual({ status: 'available' });
    // Three answers, each on a connection of its own: two requests were sent again.
    expect([...answered.values()].sort()).toEqual([1, 2, 2]);
  });
});
