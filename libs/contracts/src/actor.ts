import { z } from 'zod';
import { langSchema } from './language.js';
import { idSchema } from './text.js';
import { territorySchema } from './vocabulary.js';

/** The territories of who keeps all of them. */
export const EVERYWHERE: readonly string[] = ['*'];

const territoriesSchema = z
  .array(z.union([z.literal('*'), territorySchema]))
  .max(100)
  .readonly();

/** What a key may do. read: what is public, and what its firm sees · match: ask for matches · write: change what is its firm's. */
export const ACCOUNT_SCOPES = ['read', 'match', 'write'] as const;
export type AccountScope = (typeof ACCOUNT_SCOPES)[number];

/** Who is asking. One person may be several of these, and asks as one at a time. */
export const actorSchema = z.discriminatedUnion('kind', [
  /** A member of a firm. Without a role it is an editor: whoever forgets it gives away less, never more. */
  z.strictObject({ kind: z.literal('firm'), id: idSchema, role: z.enum(['editor', 'owner']).optional() }),
  z.strictObject({ kind: z.literal('expert'), id: idSchema }),
  /** The mentor of the firms of one cluster, with the territories of the cluster. */
  z.strictObject({
    kind: z.literal('facilitator'),
    cluster: z.string().regex(/^[\w-]{1,80}$/),
    territories: territoriesSchema,
  }),
  z.strictObject({ kind: z.literal('coordinator'), territories: territoriesSchema }),
  z.strictObject({ kind: z.literal('admin') }),
  /** A program with a key: the platform's front end, a chamber, or the software of one firm. */
  z.strictObject({
    kind: z.literal('account'),
    id: idSchema,
    scopes: z.array(z.enum(ACCOUNT_SCOPES)).readonly(),
    firm: idSchema.optional(),
  }),
  // A service that asks another one on its own account (notify and fetch).
  z.strictObject({ kind: z.literal('service'), name: z.string() }),
]);
export type Actor = z.infer<typeof actorSchema>;

/** Travels with every request between services. `idempotencyKey` is set on commands whose caller gave one. */
export const callContextSchema = z.strictObject({
  actor: actorSchema,
  lang: langSchema,
  requestId: z.string().max(100),
  idempotencyKey: z.string().max(200).optional(),
  /** Which person or key it was, for the audit: an opaque id, never a name or an address. */
  subject: z.string().min(1).max(255).optional(),
});
export type CallContext = z.infer<typeof callContextSchema>;

/** `firm:<id>`, `expert:<id>`, `facilitator:<cluster>`, `coordinator`, `coordinator:<territory>,<territory>`, `admin`, `account:<id>`, `service:<name>`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case 'service':
      return `service:${actor.name}`;
    case 'facilitator':
      return `facilitator:${actor.cluster}`;
    case 'coordinator':
      return actor.territories.includes('*') ? 'coordinator' : `coordinator:${actor.territories.join(',')}`;
    case 'admin':
      return 'admin';
    default:
      return `${actor.kind}:${actor.id}`;
  }
}

/** Who owns an idempotency key: the actor, and the person behind it where one is known. Two members of a firm do not share keys. */
export function callerName({ actor, subject }: Pick<CallContext, 'actor' | 'subject'>): string {
  return subject ? `${actorName(actor)} ${subject}` : actorName(actor);
}

/** Whether the actor asks for the platform itself, wherever the place: an administrator, or one of its services. */
export function actsForThePlatform(actor: Actor): boolean {
  return actor.kind === 'admin' || actor.kind === 'service';
}

/** Where a firm or an expert is, as far as it is known. */
export interface Place {
  country?: string | null;
  territory?: string | null;
}

/** Whether the actor is responsible for a place. Territories match by beginning in either direction: what is placed in IT alone belongs to each coordinator in Italy. */
export function oversees(actor: Actor, place: Place | null | undefined): boolean {
  if (actsForThePlatform(actor)) return true;
  if (actor.kind !== 'coordinator' && actor.kind !== 'facilitator') return false;
  const here = place?.territory ?? place?.country;
  return actor.territories.some((own) => own === '*' || (!!here && (here.startsWith(own) || own.startsWith(here))));
}

/** Whether the actor is the one meant: the firm or expert itself, or a key of the firm. */
export function isParty(actor: Actor, kind: 'firm' | 'expert', id: string): boolean {
  const party = partyOf(actor);
  return party?.kind === kind && party.id === id;
}

/** The firm or expert that the actor speaks for, if any. */
export function partyOf(actor: Actor): { kind: 'firm' | 'expert'; id: string } | undefined {
  if (actor.kind === 'account') return actor.firm ? { kind: 'firm', id: actor.firm } : undefined;
  return actor.kind === 'firm' || actor.kind === 'expert' ? { kind: actor.kind, id: actor.id } : undefined;
}

/**
 * Whether the actor sees the private parts of a firm or an expert and acts on its opportunities and interests: itself, and who is responsible for its place.
 * A facilitator has the firms of the cluster alone.
 */
export function mayActFor(actor: Actor, kind: 'firm' | 'expert', id: string, place?: Place | null): boolean {
  if (isParty(actor, kind, id)) return true;
  return actor.kind === 'facilitator' ? kind === 'firm' && oversees(actor, place) : oversees(actor, place);
}

/** Whether the actor edits the profile of a firm or an expert: as `mayActFor`, without facilitators, who accompany and do not write. */
export function mayEdit(actor: Actor, kind: 'firm' | 'expert', id: string, place?: Place | null): boolean {
  return actor.kind !== 'facilitator' && mayActFor(actor, kind, id, place);
}

/** Whether the actor decides over a firm or an expert as a whole (erasing it, colleagues, webhooks, keys): owners of the firm, never its editors or keys. */
export function mayDispose(actor: Actor, kind: 'firm' | 'expert', id: string, place?: Place | null): boolean {
  const lesser = actor.kind === 'account' || (actor.kind === 'firm' && actor.role !== 'owner');
  return !lesser && mayEdit(actor, kind, id, place);
}

/** Whether the actor keeps contents for others (registering, importing, the queues): coordinators, each for their places, administrators and services. */
export function keepsContents(actor: Actor): boolean {
  return actsForThePlatform(actor) || actor.kind === 'coordinator';
}

/** Whether the actor keeps the contents of the whole platform: an administrator, a service, or a coordinator of all territories. */
export function overseesAll(actor: Actor): boolean {
  return keepsContents(actor) && oversees(actor, null);
}
