import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { addressIn, isInside } from './inside-address.js';

const PATIENCE_MS = 10_000;
/** What a receiver says is not kept; this much is read so that it may finish its sentence. */
const ANSWER_MAX = 4096;

/** What may be reached. */
export interface Reach {
  ports: readonly number[];
  /** Development and tests only. */
  allowPrivate: boolean;
  httpsOnly: boolean;
}

/** What came of a post. `reason` is a code; never the receiver's own words. */
export type PostOutcome =
  | { state: 'sent' }
  | { state: 'failed'; reason: string }
  /** 410: the receiver wants nothing more. */
  | { state: 'gone'; reason: string };

type Resolve = (hostname: string, options: { all: true; family?: number }, callback: Resolved) => void;
type Resolved = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;

/** Why a URL is not posted to, as far as it can be told without asking the name service; undefined when it may be tried. */
export function refusalOf(url: URL, reach: Reach): string | undefined {
  if (url.protocol !== 'https:' && (reach.httpsOnly || url.protocol !== 'http:')) return 'https-needed';
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (!reach.ports.includes(port)) return 'port-not-allowed';
  const address = addressIn(url);
  return address && !reach.allowPrivate && isInside(address) ? 'inside-address' : undefined;
}

/** Posts once. Redirects are not followed: a 3xx is a failure like any other. It never rejects. */
export function post(
  target: string,
  headers: Record<string, string>,
  body: string,
  reach: Reach,
  patienceMs = PATIENCE_MS,
): Promise<PostOutcome> {
  const url = new URL(target);
  const refusal = refusalOf(url, reach);
  if (refusal) return Promise.resolve({ state: 'failed', reason: refusal });
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve({ state: 'failed', reason: codeOf(error) });
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      // A connection of its own each time: one that was checked is never lent to another name.
      agent: false as const,
      lookup: guardedLookup(reach),
      signal: AbortSignal.timeout(patienceMs),
    };
    request(url, options, (response) => {
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > ANSWER_MAX) response.destroy();
      });
      response.on('error', () => {});
      // The status is what counts, also where the rest of the answer never came.
      response.once('close', () => resolve(outcomeOf(response.statusCode ?? 0)));
    })
      .on('error', failed)
      .end(body);
  });
}

/**
 * Resolves names as the system does and refuses those that lead inside. It is asked by the socket for the very addresses that it then connects to, so a
 * name that answers differently the next time gains nothing.
 */
export function guardedLookup(reach: Pick<Reach, 'allowPrivate'>, resolve: Resolve = lookup): LookupFunction {
  return (hostname, options, callback) => {
    const family = options.family === 4 || options.family === 6 ? options.family : 0;
    resolve(hostname, { all: true, family }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) callback(error ?? coded('ENOTFOUND'), '', 0);
      else if (!reach.allowPrivate && addresses.some(({ address }) => isInside(address)))
        callback(coded('inside-address'), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function outcomeOf(status: number): PostOutcome {
  if (status >= 200 && status < 300) return { state: 'sent' };
  return { state: status === 410 ? 'gone' : 'failed', reason: `HTTP ${status}` };
}

function coded(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

function codeOf({ code, name }: NodeJS.ErrnoException): string {
  return code === 'ABORT_ERR' ? 'timeout' : (code ?? name);
}
