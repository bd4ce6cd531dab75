import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { CallContext, Lang } from '#libs/contracts';

/** What log lines say about the request at hand. */
export const requestContext = new AsyncLocalStorage<{ requestId: string; lang?: Lang }>();

/** The context of a service that asks another one on its own account, for instance to fetch what an event told of. */
export function serviceContext(name: string, lang: Lang = 'it', requestId?: string): CallContext {
  return {
    actor: { kind: 'service', name },
    lang,
    requestId: requestId ?? requestContext.getStore()?.requestId ?? randomUUID(),
  };
}
