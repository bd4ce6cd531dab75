import { Agent, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { Meilisearch, MeilisearchApiError, MeilisearchRequestError } from 'meilisearch';

// Searches beyond these wait here for their turn: the engine shares its cores among all that it has, and the last of fifty comes too late for its asker.
const CONNECTIONS = { keepAlive: true, maxSockets: 8 };
const agents = {
  'http:': new Agent(CONNECTIONS),
  'https:': new TlsAgent(CONNECTIONS),
};

/**
 * A Meilisearch client that keeps its connections. The platform's fetch sends head and body of a POST apart, and the server's delayed
 * acknowledgement then costs each search some 40 ms; one write over node:http does not.
 */
export function meili(url: string, key: string, timeoutMs: number): Meilisearch {
  return new Meilisearch({
    host: url,
    apiKey: key,
    httpClient: (address, init) => send(String(address), init ?? {}, timeoutMs),
  });
}

/** Meilisearch's own code of a refused request (`index_not_found`, …); undefined when it could not be asked. */
export function refusalCode(error: unknown): string | undefined {
  const cause = error instanceof MeilisearchRequestError ? error.cause : error;
  return cause instanceof MeilisearchApiError ? cause.cause?.code : undefined;
}

function send(address: string, init: RequestInit, timeoutMs: number): Promise<unknown> {
  const url = new URL(address);
  const secure = url.protocol === 'https:';
  const body = typeof init.body === 'string' ? init.body : undefined;
  const headers = Object.fromEntries(new Headers(init.headers));
  if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const options = { method: init.method, headers, agent: agents[secure ? 'https:' : 'http:'] };
    const sent = (secure ? tlsRequest : request)(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const status = response.statusCode ?? 0;
        try {
          const parsed = text === '' ? undefined : JSON.parse(text);
          if (status < 400) resolve(parsed);
          else
            reject(new MeilisearchApiError(new Response(null, { status, statusText: response.statusMessage }), parsed));
        } catch (error) {
          reject(error);
        }
      });
    });
    // Its turn is waited for within the same time: behind an engine that hangs nobody waits longer than the first.
    const late = () => sent.destroy(new Error(`Meilisearch gave no answer within ${timeoutMs} ms`));
    const patience = setTimeout(late, timeoutMs);
    sent.on('close', () => clearTimeout(patience));
    sent.on('error', (error: NodeJS.ErrnoException) => {
      // The server closes an idle connection after a few seconds; a request that meets the closing is simply sent again. All of ours may be.
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(send(address, init, timeoutMs));
      else reject(error);
    });
    sent.end(body);
  });
}
