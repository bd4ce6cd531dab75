import type { FastifyReply, FastifyRequest } from 'fastify';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const MAY_SEND =
  'Authorization, Content-Type, Accept-Language, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID, X-Request-Id, X-Ceresio-Role';
const MAY_READ =
  'ETag, Link, Location, Retry-After, X-Request-Id, Content-Language, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset';

/**
 * Lets pages of the origins that are named call the API, with a token of their own: never with the cookie of a session. Answers whether the request
 * was a browser's question beforehand, which is answered herewith. Every other origin gets no word about it, and its browser refuses by itself.
 */
export function welcomes(origins: readonly string[], request: FastifyRequest, reply: FastifyReply): boolean {
  if (origins.length === 0) return false;
  // Also where it is not welcome: a cache must not hand one origin's answer to another.
  reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (!origin || !origins.includes(origin)) return false;
  reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', MAY_READ);
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return false;
  reply
    .header('access-control-allow-methods', METHODS)
    .header('access-control-allow-headers', MAY_SEND)
    .header('access-control-max-age', '600');
  return true;
}
