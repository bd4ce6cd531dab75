import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

type ProxyMode = 'pass' | 'blackhole' | 'refuse';

/** A TCP proxy on the loopback address that misbehaves on request. */
export class TcpProxy {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private mode: ProxyMode = 'pass';
  private delayMs = 0;

  private constructor(private readonly target: { host: string; port: number }) {
    this.server = createServer((client) => this.join(client));
  }

  /** A proxy in front of the host and port of `url` (any scheme). */
  static async before(url: string): Promise<TcpProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new TcpProxy({ host: hostname, port: Number(port) });
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The same URL, by way of this proxy. */
  url(original: string): string {
    const url = new URL(original);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Data flow again, at once; as on a real line, what was held back arrives late. */
  pass(): void {
    this.mode = 'pass';
    this.delayMs = 0;
    for (const socket of this.sockets) socket.resume();
  }

  /** Nothing comes through in either direction, connections stay open and nobody is told. */
  blackhole(): void {
    this.mode = 'blackhole';
    for (const socket of this.sockets) socket.pause();
  }

  /** Every piece of data arrives this much later, in order. */
  delay(milliseconds: number): void {
    this.delayMs = milliseconds;
  }

  /** Open connections break, new ones break too until `pass()`. */
  cut(): void {
    this.mode = 'refuse';
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Breaks everything and frees the port. */
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    if (this.mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.target);
    this.pipe(client, server);
    this.pipe(server, client);
  }

  private pipe(from: Socket, to: Socket): void {
    this.sockets.add(from);
    const late: Buffer[] = [];
    from.on('data', (data) => {
      if (this.delayMs === 0 && late.length === 0) {
        to.write(data);
        return;
      }
      // Each timer sends the oldest piece, whichever it was made for: the order must hold when the delay changes.
      late.push(data);
      setTimeout(() => to.write(late.shift() ?? ''), this.delayMs);
    });
    if (this.mode === 'blackhole') from.pause();
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }
}
