import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, register } from 'prom-client';

/** Health and metrics, for the operator's side only. Up before the engines are, so that a waiting service says what it waits for. */
export class InternalServer {
  private readonly server: Server;
  private static collecting = false;

  /** `problems` says what keeps the service from being ready. */
  constructor(problems: () => Promise<string[]>) {
    if (!InternalServer.collecting) collectDefaultMetrics();
    InternalServer.collecting = true;
    this.server = createServer((request, response) => {
      this.answer(request.url ?? '/', response, problems).catch(() => send(response, 500, { status: 'error' }));
    });
  }

  /** Resolves with the address. */
  async listen(port: number, host: string): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    const { port: actual } = this.server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(url: string, response: ServerResponse, problems: () => Promise<string[]>): Promise<void> {
    const path = url.split('?', 1)[0];
    if (path === '/health/live') return send(response, 200, { status: 'ok' });
    if (path === '/health/ready') {
      const found = await problems();
      return send(response, found.length === 0 ? 200 : 503, {
        status: found.length === 0 ? 'ok' : 'not-ready',
        problems: found,
      });
    }
    if (path === '/metrics') {
      const text = await register.metrics();
      response.writeHead(200, { 'content-type': register.contentType }).end(text);
      return;
    }
    send(response, 404, { status: 'not-found' });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
