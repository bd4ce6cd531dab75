import { z } from 'zod';
import { defineEvent, type EventContract } from './event.js';
import { idSchema } from './text.js';

/** A firm or an expert whose data are erased. */
const party = { kind: z.enum(['firm', 'expert']), id: idSchema };

export const erasureRequested = defineEvent(
  'privacy',
  'erasure-requested',
  1,
  z.object(party),
  'A firm or an expert is to be erased. Heard by the owner of the record alone; its company-erased or expert-erased tells everybody else.',
);
export const consentChanged = defineEvent(
  'privacy',
  'consent-changed',
  1,
  z.object({ ...party, purpose: z.string(), granted: z.boolean() }),
  'A firm or an expert gave or withdrew consent for one purpose.',
);

export const claimMailAsked = defineEvent(
  'privacy',
  'claim-mail-asked',
  1,
  z.object({ claimId: idSchema, companyId: idSchema }),
  'Somebody who claims a firm asks for a code by mail to the address of the register. The code and the address are fetched when it is sent.',
);

/** What happened to what, without a word that anybody wrote. `targets` are ids that the request named or the act told of. */
const auditedSchema = z.object({
  actor: z.string().max(400),
  subject: z.string().max(255).optional(),
  operation: z.string().max(100),
  targets: z.array(z.string().max(100)).max(20),
  requestId: z.string().max(100),
});
export type Audited = z.output<typeof auditedSchema>;

type Completed = EventContract<typeof completedSchema>;
const completedSchema = z.object(party);

/** Owners of events whose services keep something of people, in the order of the saga. */
const KEEPERS = ['companies', 'experts', 'matching', 'cooperation', 'notifications', 'privacy'] as const;
export type Keeper = (typeof KEEPERS)[number];

/** Told by each owner in the transaction (or after the last step) of its own erasure. */
export const erasureCompleted = Object.fromEntries(
  KEEPERS.filter((owner) => owner !== 'privacy').map((owner) => [
    owner,
    defineEvent(owner, 'erasure-completed', 1, completedSchema, `Nothing of a firm or an expert is left in ${owner}.`),
  ]),
) as Record<Exclude<Keeper, 'privacy'>, Completed>;

/** Told by each owner in the transaction of what somebody did there. */
export const audited = Object.fromEntries(
  KEEPERS.map((owner) => [
    owner,
    defineEvent(
      owner,
      'audited',
      1,
      auditedSchema,
      'Somebody did something: who, what, to which ids. For the audit log.',
    ),
  ]),
) as Record<Keeper, EventContract<typeof auditedSchema>>;
