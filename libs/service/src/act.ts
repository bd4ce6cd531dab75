import { actorName, type CallContext, type RpcContract } from '#libs/contracts';
import type { Act } from '#libs/messaging';

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What a request does, for the audit: undefined when a service asks on its own account. Takes ids from the request and nothing that anybody wrote. */
export function actOf(contract: RpcContract, data: unknown, ctx: CallContext): Act | undefined {
  if (ctx.actor.kind === 'service') return undefined;
  return {
    actor: actorName(ctx.actor),
    ...(ctx.subject && { subject: ctx.subject }),
    operation: contract.subject.replace(/^rpc\./, ''),
    targets: idsIn(data),
    requestId: ctx.requestId,
  };
}

// `id`, `companyId`, and the id of something nested such as `subject`: lists of rows are no targets.
function idsIn(data: unknown, depth = 0): string[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data) || depth > 1) return [];
  return Object.entries(data).flatMap(([name, value]) => {
    if (typeof value === 'string') return /^id$|Id$/.test(name) && ID.test(value) ? [value] : [];
    return idsIn(value, depth + 1);
  });
}
