import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, isKnown } from './revision.js';

interface Answer {
  revision?: unknown;
  nextCursor?: unknown;
}

/**
 * What every answer has by its shape: an object with a revision its ETag (and 304 for who has it already), a page with a next one a `Link` to it.
 * Resolves with the body to send.
 */
export async function dress(request: FastifyRequest, reply: FastifyReply, body: unknown): Promise<unknown> {
  if (typeof body !== 'object' || body === null || reply.statusCode >= 400) return body;
  const { revision, nextCursor } = body as Answer;
  if (typeof revision === 'number') {
    const etag = etagOf(revision, body);
    reply.header('etag', etag);
    // What is seen depends on who asks in which language: never for a shared cache.
    reply.header('vary', 'Authorization, Cookie, Origin, Accept-Language, X-Ceresio-Role');
    if (request.method === 'GET' && isKnown(request.headers['if-none-match'], etag)) {
      reply.code(304);
      return null;
    }
  }
  if (typeof nextCursor === 'string') reply.header('link', `<${nextPage(request.url, nextCursor)}>; rel="next"`);
  return body;
}

function nextPage(url: string, cursor: string): string {
  const [path = '', query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters}`;
}
