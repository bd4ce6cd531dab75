import { z } from 'zod';
import { counterpartSchema, partySchema } from './cooperation.contract.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';

/** open: waits for a coordinator · answered · withdrawn: taken back by who asked, or by the platform where one of those it speaks of was erased. */
export const HELP_STATES = ['open', 'answered', 'withdrawn'] as const;
const helpStateSchema = z.enum(HELP_STATES);

/** A question to the coordinators of the asker's territory. Nobody else reads it, least of all the other side. */
export const helpRequestSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  state: helpStateSchema,
  opportunityId: idSchema.describe('What it is about'),
  suggestionId: idSchema.nullable().describe('The suggestion that was looked at'),
  asker: counterpartSchema.omit({ contact: true }),
  text: z.string().nullable().describe('The question; null once it is erased or too old to be kept'),
  answer: z.string().nullable(),
  createdAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
});
export type HelpRequest = z.infer<typeof helpRequestSchema>;

/** What services need to tell the asker of the answer. */
export const helpFactsSchema = helpRequestSchema
  .pick({ id: true, revision: true, state: true, opportunityId: true, suggestionId: true, answer: true })
  .extend({ asker: partySchema });
export type HelpFacts = z.infer<typeof helpFactsSchema>;

const act = { id: idSchema, revision: revisionSchema.optional() };

export const helpRpc = {
  /** One open question per asker and opportunity. */
  ask: defineRpc(
    'cooperation.ask-help',
    z
      .strictObject({ suggestionId: idSchema.optional(), opportunityId: idSchema.optional(), text: text(1000) })
      .refine((body) => (body.suggestionId === undefined) !== (body.opportunityId === undefined), {
        path: ['suggestionId'],
        message: 'exactly one of suggestionId and opportunityId is needed',
      }),
    helpRequestSchema,
  ),
  get: defineRpc('cooperation.get-help', z.strictObject({ id: idSchema }), helpRequestSchema),
  /** Oldest first: who has waited longest comes next. */
  list: defineRpc(
    'cooperation.list-help',
    z.strictObject({ state: helpStateSchema.optional(), opportunityId: idSchema.optional(), ...pageQuery }),
    pageOf(helpRequestSchema),
  ),
  answer: defineRpc('cooperation.answer-help', z.strictObject({ ...act, text: text(1000) }), helpRequestSchema),
  withdraw: defineRpc('cooperation.withdraw-help', z.strictObject(act), helpRequestSchema),
  facts: defineRpc(
    'cooperation.help-facts',
    z.strictObject({ ids: z.array(idSchema).max(BATCH_MAX) }),
    batchOf(helpFactsSchema),
    { internal: true },
  ),
};
