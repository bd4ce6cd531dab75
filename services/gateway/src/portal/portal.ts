import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PortalFile, portalDirectory, readPortal } from './portal.files.js';
import { PORTAL_PATHS } from './portal.paths.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Not counted against the limits: it costs nothing, and one visit asks for many. */
    uncounted?: boolean;
  }
}

const open = { config: { public: true, uncounted: true } };

/** Everything comes from here. The component library adds styles of its own to the page: they carry a word that is new with each answer. */
const policy = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Serves the portal from `dir`: its page at its own paths, and its files. Whatever else is asked for is not found, as before. */
export function servePortal(server: FastifyInstance, dir = portalDirectory()): void {
  const portal = readPortal(dir);
  if (!portal) {
    new Logger('Portal').warn('The portal is not built (npm run build:portal): the API alone is served');
    return;
  }
  const page = (_: FastifyRequest, reply: FastifyReply) => {
    const nonce = randomBytes(18).toString('base64');
    // The page speaks its reader's language by itself.
    reply.removeHeader('content-language');
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policy(nonce))
      .send(portal.page.replace('{{nonce}}', nonce));
  };
  server.get('/', open, page);
  for (const path of PORTAL_PATHS) {
    server.get(`/${path}`, open, page);
    server.get(`/${path}/*`, open, page);
  }
  for (const [path, file] of portal.files) server.get(path, open, (request, reply) => give(file, request, reply));
}

function give(file: PortalFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [encoding, body] = packed(file, request.headers['accept-encoding']);
  reply.removeHeader('content-language');
  if (encoding) reply.header('content-encoding', encoding);
  return reply
    .header('content-type', file.type)
    .header('vary', 'Accept-Encoding')
    .header('cache-control', file.lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    .send(body);
}

function packed({ br, gzip, plain }: PortalFile, accepted = ''): [string | undefined, Buffer] {
  const takes = (name: string) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?:,|$))`, 'i').test(accepted);
  if (br && takes('br')) return ['br', br];
  if (gzip && takes('gzip')) return ['gzip', gzip];
  return [undefined, plain];
}
