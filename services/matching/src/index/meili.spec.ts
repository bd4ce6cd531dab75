import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { meili } from './meili.js';

describe('The connection to Meilisearch', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const connected = async (timeoutMs: number) => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return meili(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'key', timeoutMs);
  };

  it('outlives a server that hangs up on an idle connection just as the next request is sent', async () => {
    const answered = new Map<Socket, number>();
    server = createServer((request, response) => {
      const { socket } = request;
      const count = (answered.get(socket) ?? 0) + 1;
      answered.set(socket, count);
      if (count > 1) socket.destroy();
      else response.setHeader('content-type', 'application/json').end('{"status":"available"}');
    });
    const client = await connected(1000);
    for (let i = 0; i < 3; i++) expect(await client.health()).toEqual({ status: 'available' });
    // Three answers, each on a connection of its own: two requests were sent again.
    expect([...answered.values()].sort()).toEqual([1, 2, 2]);
  });

  it('brings eight requests at once; the others wait for their turn, first come, first served', async () => {
    let most = 0;
    const open: (() => void)[] = [];
    const order: string[] = [];
    server = createServer((request, response) => {
      order.push(request.url ?? '');
      open.push(() => response.setHeader('content-type', 'application/json').end('{}'));
      most = Math.max(most, open.length);
    });
    const client = await connected(10_000);
    const asked = Array.from({ length: 20 }, (_, i) => client.index(`i${String(i).padStart(2, '0')}`).getSettings());
    for (let answered = 0; answered < 20; answered++) {
      await eventually(() => expect(open.length).toBe(Math.min(8, 20 - answered)));
      open.shift()?.();
    }
    await Promise.all(asked);
    expect(most).toBe(8);
    expect(order.slice(8)).toEqual([...order.slice(8)].sort());
  });

  it('keeps nobody waiting longer than it may take behind an engine that hangs', async () => {
    let reached = 0;
    server = createServer(() => reached++);
    const client = await connected(300);
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => client.health()));
    // Those in the second and third row would have begun only when the first had given up.
    for (const { status } of asked) expect(status).toBe('rejected');
    expect(reached).toBe(8);
  });
});
