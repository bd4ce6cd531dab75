import { z } from 'zod';
import { langSchema } from './language.js';
import { idSchema } from './text.js';

/** Who is asking. Firms and experts act for one id; coordinators and administrators for all (finer roles come with the access issue). */
export const actorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('firm'), id: idSchema }),
  z.strictObject({ kind: z.literal('expert'), id: idSchema }),
  z.strictObject({ kind: z.literal('coordinator') }),
  z.strictObject({ kind: z.literal('admin') }),
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
});
export type CallContext = z.infer<typeof callContextSchema>;

/** `firm:<id>`, `expert:<id>`, `coordinator`, `admin`: the subject of a token, the owner of an idempotency key, the recipient of a notice. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'service') return `service:${actor.name}`;
  return 'id' in actor ? `${actor.kind}:${actor.id}` : actor.kind;
}

/** Whether the actor asks for the platform itself: to keep its contents, or as one of its services. */
export function actsForThePlatform(actor: Actor): boolean {
  return actor.kind === 'coordinator' || actor.kind === 'admin' || actor.kind === 'service';
}

/** Whether the actor sees and edits everything of a firm or an expert, private parts included. */
export function mayActFor(actor: Actor, kind: 'firm' | 'expert', id: string): boolean {
  return actsForThePlatform(actor) || (actor.kind === kind && actor.id === id);
}
