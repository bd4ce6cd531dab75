import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import { type Actor, isParty, overseesAll, Problem } from '#libs/contracts';
import { type Column, ROUTES, type Rule } from './route-table.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operationId, by which the route stands in the table. */
    operation?: string;
  }
}

/** Throws unless a route says who may use it: every one that needs a token stands in the table. Run for each when the gateway starts. */
export function checkRoute(method: string | string[], url: string, config: FastifyContextConfig | undefined): void {
  if (config?.public || config?.signedIn || (config?.operation && Object.hasOwn(ROUTES, config.operation))) return;
  throw new Error(
    `${method} ${url} is neither public nor in the route table (services/gateway/src/auth/route-table.ts)`,
  );
}

/** Refuses whoever may not use the route at all. What depends on whose the object is, and where it lies, the services decide by the same table. */
export function guardRoute(request: FastifyRequest): void {
  const { operation = '', signedIn } = request.routeOptions.config;
  if (signedIn && request.bearer) return;
  const rule = Object.hasOwn(ROUTES, operation) ? ROUTES[operation] : undefined;
  const { id } = (request.params ?? {}) as { id?: string };
  if (!rule || !request.bearer || !mayUse(rule, request.bearer.actor, id?.toLowerCase()))
    throw new Problem('forbidden', 'This is not for your role');
}

/** Whether a caller passes the gateway; `id` is that of the path. */
export function mayUse(rule: Rule, actor: Actor, id: string | undefined): boolean {
  const column = columnOf(actor);
  if (!column) return false;
  if (actor.kind === 'account') {
    if (actor.scopes.length === 0) return rule.newcomers === true;
    if (!actor.scopes.includes(rule.scope)) return false;
  }
  switch (rule.cells[column]) {
    case 'no':
      return false;
    case 'whole':
      return overseesAll(actor);
    case 'own':
      return staysWithin(rule, actor, id);
    default:
      return true;
  }
}

/** Where the path names the firm or expert itself, parties are told from strangers here, without asking whether it exists. */
function staysWithin({ of }: Rule, actor: Actor, id: string | undefined): boolean {
  if (!of || actor.kind === 'coordinator' || actor.kind === 'facilitator') return true;
  return id !== undefined && isParty(actor, of, id);
}

function columnOf(actor: Actor): Column | undefined {
  switch (actor.kind) {
    case 'firm':
      return actor.role === 'owner' ? 'owner' : 'editor';
    case 'account':
      return 'key';
    case 'service':
      // No token makes a service of anybody.
      return undefined;
    default:
      return actor.kind;
  }
}
