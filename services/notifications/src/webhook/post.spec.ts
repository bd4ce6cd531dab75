import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { guardedLookup, post, type Reach, refusalOf } from './post.js';

/** A receiver on loopback that counts who connects. */
class Receiver {
  connections = 0;
  bodies: string[] = [];
  answer: RequestListener = (_request, response) => response.writeHead(204).end();
  readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      this.bodies.push(body);
      this.answer(request, response);
    });
  }).on('connection', () => this.connections++);

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
}

async function receiver(): Promise<Receiver> {
  const made = new Receiver();
  // On every address of this machine: whatever the notation, it would be reached.
  await new Promise<void>((resolve) => made.server.listen(0, '::', resolve));
  return made;
}

describe('A post', () => {
  let inside: Receiver;
  let elsewhere: Receiver;
  let reach: Reach;
  const send = (host: string, within: Reach = reach, patience?: number) =>
    post(`http://${host}:${inside.port}/hook`, { 'webhook-id': 'one' }, '{"a":1}', within, patience);

  beforeEach(async () => {
    [inside, elsewhere] = await Promise.all([receiver(), receiver()]);
    reach = { ports: [inside.port], allowPrivate: false, httpsOnly: false };
  });
  afterEach(() => {
    for (const { server } of [inside, elsewhere]) {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '017700000001',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    // Names that lead there: what they resolve to is looked at when the socket connects.
    'localhost',
    'LOCALHOST',
  ])('never reaches a listener of this machine as %s', async (host) => {
    expect(await send(host)).toEqual({ state: 'failed', reason: 'inside-address' });
    expect(inside.connections).toBe(0);
  });

  it('reaches it where inside addresses are allowed, so that the listener above is known to listen', async () => {
    const open = { ...reach, allowPrivate: true };
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) expect(await send(host, open)).toEqual({ state: 'sent' });
    expect(inside.connections).toBe(3);
    expect(inside.bodies).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
  });

  it('does not follow a redirect, wherever it leads', async () => {
    const open = { ...reach, allowPrivate: true };
    for (const status of [301, 302, 303, 307, 308]) {
      inside.answer = (_request, response) =>
        response.writeHead(status, { location: `http://127.0.0.1:${elsewhere.port}/` }).end();
      expect(await send('127.0.0.1', open)).toEqual({ state: 'failed', reason: `HTTP ${status}` });
    }
    expect(elsewhere.connections).toBe(0);
  });

  it('trusts no name that has one inside address among others, nor the one it had before', async () => {
    const answers = [['1.1.1.1'], ['1.1.1.1', '127.0.0.1'], ['127.0.0.1']];
    const resolved = answers.map(
      (addresses) =>
        new Promise((resolve) => {
          const lookup = guardedLookup(reach, (_name, _options, callback) =>
            callback(
              null,
              addresses.map((address) => ({ address, family: 4 })),
            ),
          );
          lookup('rebinding.example.org', { all: true }, (error, addresses) => resolve(error?.code ?? addresses));
        }),
    );
    expect(await Promise.all(resolved)).toEqual([
      [{ address: '1.1.1.1', family: 4 }],
      'inside-address',
      'inside-address',
    ]);
  });

  it('goes to the allowed ports alone, and by https alone where that is asked for', () => {
    const strict = { ports: [443, 80, 8443], allowPrivate: false, httpsOnly: true };
    const refused = (url: string, within: Reach = strict) => refusalOf(new URL(url), within);
    expect(refused('https://hooks.example.org/x')).toBeUndefined();
    expect(refused('https://hooks.example.org:8443/x')).toBeUndefined();
    expect(refused('http://hooks.example.org/x')).toBe('https-needed');
    expect(refused('http://hooks.example.org/x', { ...strict, httpsOnly: false })).toBeUndefined();
    expect(refused('ftp://hooks.example.org/x', { ...strict, httpsOnly: false })).toBe('https-needed');
    for (const port of [22, 25, 4222, 5432, 6379, 8080]) {
      expect(refused(`https://hooks.example.org:${port}/x`)).toBe('port-not-allowed');
    }
  });

  it('is done with a 2xx and failed with anything else; 410 wants nothing more', async () => {
    const open = { ...reach, allowPrivate: true };
    const outcomes = [];
    for (const status of [200, 202, 400, 410, 500]) {
      inside.answer = (_request, response) => response.writeHead(status).end('what a receiver says');
      outcomes.push(await send('127.0.0.1', open));
    }
    expect(outcomes).toEqual([
      { state: 'sent' },
      { state: 'sent' },
      { state: 'failed', reason: 'HTTP 400' },
      { state: 'gone', reason: 'HTTP 410' },
      { state: 'failed', reason: 'HTTP 500' },
    ]);
  });

  it('waits for an answer only so long, and reads only so much of it', async () => {
    const open = { ...reach, allowPrivate: true };
    inside.answer = () => {};
    expect(await send('127.0.0.1', open, 50)).toEqual({ state: 'failed', reason: 'timeout' });
    let cut = false;
    inside.answer = (_request, response) => {
      response.writeHead(200);
      response.on('close', () => {
        cut = true;
      });
      const pour = () => {
        while (!cut && response.write('x'.repeat(1024)));
        if (!cut) response.once('drain', pour);
      };
      pour();
    };
    // Without the limit this answer would not end within an hour.
    expect(await send('127.0.0.1', open, 3_600_000)).toEqual({ state: 'sent' });
  });

  it('says by a code what was in the way', async () => {
    const open = { ...reach, allowPrivate: true };
    const { port } = elsewhere;
    await new Promise((resolve) => elsewhere.server.close(resolve));
    const closed = await post(`http://127.0.0.1:${port}/`, {}, '', { ...open, ports: [port] });
    expect(closed).toEqual({ state: 'failed', reason: 'ECONNREFUSED' });
    inside.answer = (request) => request.socket.destroy();
    expect(await send('127.0.0.1', open)).toEqual({ state: 'failed', reason: 'ECONNRESET' });
  });
});
