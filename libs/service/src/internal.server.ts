import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge, register } from 'prom-client';

/** A figure that takes longer than this to be had is left out. */
const PATIENCE_MS = 2000;

const readiness = new Gauge({
  name: 'ceresio_ready',
  help: 'Whether the process is ready: 1 or 0; /health/ready says why not',
});

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
      readiness.set((await problems()).length === 0 ? 1 : 0);
      response.writeHead(200, { 'content-type': register.contentType }).end(await figures());
      return;
    }
    send(response, 404, { status: 'not-found' });
  }
}

// Some are counted in the database when somebody asks: while it is away, the others are needed most.
async function figures(): Promise<string> {
  const names = register.getMetricsAsArray().map((metric) => metric.name);
  const texts = await Promise.all(names.map((name) => inTime(register.getSingleMetricAsString(name))));
  return `${texts.filter(Boolean).join('\n\n')}\n`;
}

async function inTime(figure: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(''), PATIENCE_MS);
  });
  return Promise.race([figure.catch(() => ''), late]).finally(() => clearTimeout(timer));
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
