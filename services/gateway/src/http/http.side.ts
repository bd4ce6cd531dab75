import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { Histogram } from 'prom-client';
import { Problem } from '#libs/contracts';
import { type HttpSide, RpcClient, requestContext } from '#libs/service';
import { Authenticator, type Bearer, ROLE_HEADER } from '../auth/authenticator.js';
import { checkRoute, guardRoute } from '../auth/route-guard.js';
import type { GatewayConfig } from '../config.js';
import { ApiDocument } from '../docs/api-document.js';
import { servePortal } from '../portal/portal.js';
import { isApi, sendProblem } from '../problem/problem.answer.js';
import { BrowserSessions } from '../session/browser-sessions.js';
import { dress } from './answers.js';
import { welcomes } from './cors.js';
import { readJson } from './json-body.js';
import { languageOf } from './language.js';
import { Routes } from './routes.js';
import { Throttle } from './throttle.js';

const BODY_MAX = 256 * 1024;
const FORM_MAX = 4096;
const CLOSE_IDLE_MS = 50;

const duration = new Histogram({
  name: 'ceresio_http_duration_seconds',
  help: 'Time to answer a request from outside',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
});

declare module 'fastify' {
  interface FastifyInstance {
    authenticator: Authenticator;
    routes: Routes;
  }
}

/** The outer side of the gateway: what happens to a request before a controller sees it, and to every answer. */
export const httpSide: HttpSide<GatewayConfig> = {
  adapter(config) {
    const authenticator = new Authenticator(config);
    let throttle: Throttle | undefined;
    const answerUnroutable = async (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
      try {
        if (isApi(request)) request.bearer = await authenticator.authenticate(request.headers);
      } catch (refusal) {
        error = refusal;
      }
      try {
        await throttle?.admit(request, reply);
      } catch (refusal) {
        error = refusal;
      }
      sendProblem(request, reply, error);
    };
    const options: FastifyServerOptions = {
      bodyLimit: BODY_MAX,
      // What takes longer than this to arrive is not meant to.
      requestTimeout: 30_000,
      keepAliveTimeout: 75_000,
      // While stopping, requests on open connections are still answered; idle connections are closed.
      return503OnClosing: false,
      forceCloseConnections: 'idle',
      routerOptions: { maxParamLength: 200 },
      genReqId: (request) => requestIdOf(request.headers['x-request-id']),
      clientErrorHandler: answerRaw,
      trustProxy: config.TRUST_PROXY.length > 0 ? config.TRUST_PROXY : false,
      // The router refuses what is no URL before any hook runs.
      frameworkErrors: (error, request, reply) => {
        request.lang = languageOf(request.headers['accept-language']);
        void answerUnroutable(request, reply, error);
      },
    };
    const adapter = new FastifyAdapter(options);
    throttle = prepare(adapter.getInstance(), authenticator, config);
    if (config.PORTAL !== 'off') servePortal(adapter.getInstance(), config.PORTAL === 'on' ? undefined : config.PORTAL);
    return adapter;
  },
  async listen(app, config) {
    app.get(ApiDocument).describe(app);
    const server: FastifyInstance = app.getHttpAdapter().getInstance();
    server.authenticator.connect(app.get(RpcClient, { strict: false }));
    await app.listen(config.PORT, config.HOST);
  },
};

function prepare(server: FastifyInstance, authenticator: Authenticator, config: GatewayConfig): Throttle {
  const routes = new Routes();
  const throttle = new Throttle(server, config);
  const sessions = BrowserSessions.of(config);
  server.decorate('authenticator', authenticator);
  server.decorate('routes', routes);
  server.decorate('sessions', sessions);
  server.decorateRequest('bearer', undefined);
  server.decorateRequest('lang', 'it');
  server.addHook('onRoute', ({ url, method, config }) => {
    checkRoute(method, url, config);
    routes.add(url, method);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      try {
        requireUtf8(request.headers['content-type']);
        done(null, readJson(bytes));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  // Forms come from mail programs and from a page of ours; every other route keeps to JSON.
  server.addContentTypeParser<Buffer>(
    ['application/x-www-form-urlencoded', 'multipart/form-data'],
    { parseAs: 'buffer', bodyLimit: FORM_MAX },
    (request, bytes, done) => {
      if (request.routeOptions.url?.startsWith('/unsubscribe/'))
        done(null, new URLSearchParams(bytes.toString('utf8')));
      else done(new Problem('unsupported-media-type', 'Send application/json'));
    },
  );
  server.addHook('onRequest', async (request, reply) => {
    request.lang = languageOf(request.headers['accept-language']);
    guard(request, reply);
    reply.header('x-request-id', request.id).header('content-language', request.lang);
    if (welcomes(config.CORS_ORIGINS, request, reply)) return reply.code(204).send();
    const open = request.is404 ? !isApi(request) : request.routeOptions.config.public === true;
    let refusal: unknown;
    if (!open) {
      try {
        request.bearer = await callerOf(request, reply, authenticator, sessions);
      } catch (error) {
        refusal = error;
      }
    }
    // Whoever guesses tokens is counted too.
    if (request.is404 || !request.routeOptions.config.uncounted) await throttle.admit(request, reply);
    if (refusal) throw refusal;
    if (!open && !request.is404) guardRoute(request);
  });
  server.addHook('preClose', (done) => {
    // A connection that still had a request when the closing began becomes idle later, and would keep the process until its caller lets go.
    const timer = setInterval(() => server.server.closeIdleConnections(), CLOSE_IDLE_MS);
    server.server.once('close', () => clearInterval(timer));
    done();
  });
  server.addHook('preHandler', (request, _reply, done) => {
    requestContext.run({ requestId: request.id, lang: request.lang }, done);
  });
  server.addHook('preSerialization', dress);
  server.addHook('onSend', async (_request, reply, body) => {
    // Closing while the caller still sends would break the connection before the answer is read; the rest of a body is thrown away as it comes.
    if (reply.statusCode >= 400) reply.removeHeader('connection');
    return body;
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  return throttle;
}

// A token that is shown counts before the session that a browser brings by itself.
async function callerOf(
  request: FastifyRequest,
  reply: FastifyReply,
  authenticator: Authenticator,
  sessions: BrowserSessions | undefined,
): Promise<Bearer> {
  const { headers } = request;
  const session = headers.authorization === undefined ? await sessions?.token(request, reply) : undefined;
  if (!session) return authenticator.authenticate(headers);
  try {
    return await authenticator.ofToken(session.access, headers[ROLE_HEADER]?.toString(), session.began);
  } catch (error) {
    // Signed out everywhere: this browser need not keep what opens nothing.
    if (error instanceof Problem && error.code === 'unauthenticated') sessions?.end(reply);
    throw error;
  }
}

function guard(request: FastifyRequest, reply: FastifyReply): void {
  if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  reply
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cross-origin-opener-policy', 'same-origin')
    // What is seen depends on who asks: never for a shared cache, unless a route says otherwise.
    .header('cache-control', 'private, no-cache')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
}

function requireUtf8(contentType: string | undefined): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType ?? '')?.[1];
  if (charset && !/^utf-?8$/i.test(charset)) throw new Problem('unsupported-media-type', 'JSON is read as UTF-8');
}

// An id that the caller made is kept where it is harmless to write into logs and headers.
function requestIdOf(given: FastifyRequest['headers'][string]): string {
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

// What is no HTTP at all: there is no request to answer, only a socket.
function answerRaw(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, title, code] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large', 'invalid-header']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout', 'timeout']
        : [400, 'Bad Request', 'invalid-header'];
  const body = JSON.stringify({
    type: `/problems/${code}`,
    title,
    status,
    code,
    detail: title,
    errors: [],
    requestId: randomUUID(),
  });
  const head = `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`;
  socket.end(head + body);
}
