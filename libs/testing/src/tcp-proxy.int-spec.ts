import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';
import { TcpProxy } from './tcp-proxy.js';

// Not `once()`, which takes the error before the end for a failure.
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

describe('The fault proxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  let client: Socket;
  let heard: string;

  async function dial(): Promise<Socket> {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('data', (data) => {
      heard += data;
    });
    socket.on('error', () => {});
    return socket;
  }

  // Many a word to and fro beside the proxy: by then one that went through it would have come back.
  async function talkPast(): Promise<void> {
    const socket = connect((echo.address() as AddressInfo).port, '127.0.0.1');
    for (let i = 0; i < 50; i++) {
      socket.write('.');
      await once(socket, 'data');
    }
    socket.destroy();
  }

  beforeEach(async () => {
    heard = '';
    echo = createServer((socket) => {
      socket.on('data', (data) => {
        socket.write(data);
      });
      socket.on('error', () => {});
    });
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.before(`tcp://127.0.0.1:${(echo.address() as AddressInfo).port}`);
    client = await dial();
    client.write('one ');
    await eventually(() => expect(heard).toBe('one '));
  });

  afterEach(async () => {
    client.destroy();
    await proxy.close();
    echo.close();
  });

  it('lets nothing out of a black hole, keeps the connection, and delivers late what was held back', async () => {
    proxy.blackhole();
    client.write('two ');
    await talkPast();
    expect(heard).toBe('one ');
    expect(client.closed).toBe(false);
    proxy.pass();
    client.write('three');
    await eventually(() => expect(heard).toBe('one two three'));
  });

  it('breaks open and new connections when cut, until it passes again', async () => {
    const broken = closed(client);
    proxy.cut();
    await broken;
    await closed(await dial());
    proxy.pass();
    client = await dial();
    client.write('again');
    await eventually(() => expect(heard).toBe('one again'));
  });

  it('keeps the order of what it delays', async () => {
    proxy.delay(30);
    client.write('two ');
    client.write('three');
    expect(heard).toBe('one ');
    await eventually(() => expect(heard).toBe('one two three'));
  });
});
