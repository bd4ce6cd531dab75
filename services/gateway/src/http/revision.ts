import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '#libs/contracts';

/**
 * The ETag of an answer: the object's revision, which `If-Match` names, and a fingerprint of all that is said of it. More may change than the revision
 * tells (what is muted, what is counted, a word in another language), and a cache that asks by the revision alone would keep the old.
 */
export function etagOf(revision: number, body: object): string {
  return `"${revision}-${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 16)}"`;
}

/** The revision that `If-Match` names, by a whole ETag or by the revision alone (`"3"`); undefined without the header. Throws `invalid-header` when it is no ETag of ours. */
export function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const revision = /^(?:W\/)?"([1-9]\d{0,8})(?:-[\w-]{16})?"$/.exec(header.trim())?.[1];
  if (revision) return Number(revision);
  const detail = 'must be the ETag of the object as you know it, such as "3"';
  throw new Problem('invalid-header', `If-Match ${detail}`, [{ pointer: 'If-Match', detail }]);
}

/** Whether `If-None-Match` names the answer that the caller has already. */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

const headerOf = (host: ExecutionContext): string | undefined =>
  host.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];

/** The revision the caller changes. Without `If-Match` the request is refused: it might undo what somebody else has just written. */
export const IfMatch = createParamDecorator((_: undefined, host: ExecutionContext): number => {
  const revision = ifMatchOf(headerOf(host));
  if (revision !== undefined) return revision;
  throw new Problem('if-match-required', 'Send the ETag of the object as you know it in If-Match', [
    { pointer: 'If-Match', detail: 'is missing' },
  ]);
});

/** As IfMatch, for actions that make sense without. */
export const OptionalIfMatch = createParamDecorator((_: undefined, host: ExecutionContext): number | undefined =>
  ifMatchOf(headerOf(host)),
);
