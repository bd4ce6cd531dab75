import { HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, type ProblemCode } from '#libs/contracts';
import { unauthenticated } from '../auth/token-verifier.js';
import { PROBLEM_TITLES } from './problem.titles.js';

const logger = new Logger('Problem');

/** What the HTTP server refuses by itself, by its error codes. */
const REFUSALS: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload-too-large', 'A body may have at most 256 KiB'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send application/json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-header', 'Content-Length does not fit the body'],
  FST_ERR_BAD_URL: ['invalid-path', 'The address is not a valid URL'],
  FST_ERR_MAX_PARAM_LENGTH: ['uri-too-long', 'A part of the address is too long'],
};

/** Whether the request is for the API, whose every answer needs a token, an error included. */
export const isApi = (request: FastifyRequest): boolean => /^\/+v\d+(?:[/?#]|$)/i.test(request.raw.url ?? '');

/** Answers with problem+json (RFC 9457), in the caller's language. What nobody expected is logged and answered without detail. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): void {
  const problem = problemOf(request, reply, error);
  const { code, detail, errors, status } = problem;
  if (code === 'unauthenticated') reply.header('www-authenticate', 'Bearer realm="ceresio"');
  if (code === 'unavailable' || code === 'timeout') reply.header('retry-after', '2');
  const title = PROBLEM_TITLES[code][request.lang];
  const body = { type: `/problems/${code}`, title, status, code, detail, errors, requestId: request.id };
  reply
    .code(status)
    .header('x-request-id', request.id)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body));
}

function problemOf(request: FastifyRequest, reply: FastifyReply, error: unknown): Problem {
  if (error instanceof Problem) return error;
  const cause = error instanceof HttpException ? error.cause : error;
  if (cause instanceof Problem) return cause;
  const refusal = REFUSALS[codeOf(cause)];
  if (refusal) return new Problem(...refusal);
  if (error instanceof HttpException && error.getStatus() === 404) return unknownAddress(request, reply);
  const status = statusOf(error);
  if (status >= 400 && status < 500) return new Problem('invalid-header', 'The request cannot be understood');
  logger.error(`${request.method} ${request.routeOptions?.url ?? 'unknown route'} failed`, error);
  return new Problem('internal', 'Something went wrong on our side; give the request id when you report it');
}

function unknownAddress(request: FastifyRequest, reply: FastifyReply): Problem {
  if (isApi(request) && !request.bearer) return unauthenticated();
  const path = request.url.split('?', 1)[0] ?? '';
  const allowed = request.server.routes.allowed(path);
  if (allowed.length === 0)
    return new Problem('not-found', 'There is nothing at this address; /docs lists what there is');
  reply.header('allow', allowed.join(', '));
  return new Problem('method-not-allowed', `This address takes ${allowed.join(', ')}`);
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code ?? '');

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return Number((error as { statusCode?: unknown } | undefined)?.statusCode ?? 500);
}
