import { type Agent, request } from 'node:http';

const PATIENCE_MS = 10_000;

/** What the API says. */
export interface Answer {
  status: number;
  body: { id: string; revision: number; code?: string; detail?: string };
}

/** `unsent`: nothing has happened, another address may be asked at once, as whoever balances loads does. */
export type NotSent = Error & { code?: string; unsent?: boolean };

/** One request. Rejects with NotSent when no answer came. */
export function send(
  agent: Agent,
  url: string,
  method: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent, method, headers, timeout: PATIENCE_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (!response.complete) return reject(new Error('cut off'));
        resolve({
          status: response.statusCode ?? 0,
          body: text ? (JSON.parse(text) as Answer['body']) : ({} as Answer['body']),
        });
      });
      response.on('error', reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error: NotSent) => {
      error.unsent = error.code === 'ECONNREFUSED' || (error.code === 'ECONNRESET' && outgoing.reusedSocket);
      reject(error);
    });
    outgoing.end(body);
  });
}
