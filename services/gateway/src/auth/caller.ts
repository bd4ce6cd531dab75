import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { type CallContext, type Lang, Problem } from '#libs/contracts';
import type { Bearer } from './authenticator.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is asking; absent on public routes alone. */
    bearer?: Bearer;
    lang: Lang;
  }
  interface FastifyContextConfig {
    public?: boolean;
    signedIn?: boolean;
  }
}

/** Marks a route that needs no token. Every other one does. */
export const Public = () => RouteConfig({ public: true });

/** Marks a route outside the API that is for whoever has signed in, with or without a role. */
export const SignedIn = () => RouteConfig({ signedIn: true });

/** The context that goes along to the services: who asks, in which language, under which request id and idempotency key. */
export const Caller = createParamDecorator(
  (_: undefined, host: ExecutionContext): CallContext => callerOf(host.switchToHttp().getRequest()),
);

export function callerOf(request: FastifyRequest): CallContext {
  const { bearer } = request;
  // The hook refuses requests without a token long before; a route that forgot to be public must not become open by an error.
  if (!bearer) throw new Problem('unauthenticated', 'A valid bearer token is needed');
  const repeatable = ['POST', 'PUT', 'PATCH'].includes(request.method);
  const idempotencyKey = repeatable ? idempotencyKeyOf(request.headers['idempotency-key']) : undefined;
  const { actor, subject } = bearer;
  return { actor, subject, lang: request.lang, requestId: request.id, ...(idempotencyKey && { idempotencyKey }) };
}

function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/.test(header)) return header;
  const detail = 'must be 1 to 200 printable ASCII characters';
  throw new Problem('invalid-header', `Idempotency-Key ${detail}`, [{ pointer: 'Idempotency-Key', detail }]);
}
