import { z } from 'zod';
import type { CallContext } from './actor.js';

/** One request that a service answers. The subject is `rpc.<owner>.<name>`; `internal` ones are asked by services, never through the gateway. */
export interface RpcContract<Req extends z.ZodType = z.ZodType, Res extends z.ZodType = z.ZodType> {
  readonly subject: string;
  readonly request: Req;
  readonly response: Res;
  readonly internal: boolean;
}

/** What travels: the caller's context and the data. */
export interface RpcMessage<T = unknown> {
  ctx: CallContext;
  data: T;
}

/** Declares a request. Both sides validate against the same schemas: unknown fields are refused on the way in and never leave on the way out. */
export function defineRpc<Req extends z.ZodType, Res extends z.ZodType>(
  name: `${string}.${string}`,
  request: Req,
  response: Res,
  options: { internal?: boolean } = {},
): RpcContract<Req, Res> {
  return { subject: `rpc.${name}`, request, response, internal: options.internal ?? false };
}

/** Ids that one batched request may name. */
export const BATCH_MAX = 500;

/** Answer to a batched fetch: what fits into one message, and the ids that are left to ask for. Ids that are in neither do not exist (any more). */
export const batchOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), rest: z.array(z.string()) });

/** A page of a list, newest first. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('Give it back as `cursor` for the next page; null at the end'),
  });

export const pageQuery = {
  cursor: z.string().max(400).optional().describe('`nextCursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Items a page, at most 100'),
};
