import { z } from 'zod';
import { contactSchema } from './companies.contract.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';
import { ACHIEVEMENTS, DECLINE_REASONS, INTEREST_STATES } from './vocabulary.js';

/** Who expresses an interest or is asked: a firm or an expert. */
export const partySchema = z.strictObject({ kind: z.enum(['firm', 'expert']), id: idSchema });
export type Party = z.infer<typeof partySchema>;

export const interestStateSchema = z.enum(INTEREST_STATES);
const declineReasonSchema = z.enum(DECLINE_REASONS);

/**
 * The other side of an interest. A teaser until both have accepted: of a firm whose opportunity is anonymous there is no id and no name, and
 * its territory is cut to the region (ITC4, CH0). The contact is there only after the acceptance, and only while neither side has withdrawn.
 */
export const counterpartSchema = z.object({
  type: z.enum(['company', 'expert']),
  id: idSchema.nullable(),
  name: z.string().nullable(),
  country: z.string().nullable(),
  territory: z.string().nullable(),
  contact: contactSchema.optional(),
});
export type Counterpart = z.infer<typeof counterpartSchema>;

/** An expression of interest as one of its two sides (or a coordinator, who sees the one asked as counterpart) sees it. */
export const interestSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  state: interestStateSchema,
  side: z.enum(['asker', 'asked', 'coordinator']).describe('Which side the caller is on'),
  opportunityId: idSchema,
  suggestionId: idSchema.nullable(),
  note: z.string().nullable().describe('What the asker wrote'),
  answerNote: z.string().nullable(),
  reasonCode: declineReasonSchema.nullable().describe('Why it was declined'),
  achievement: z.enum(ACHIEVEMENTS).nullable(),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime().describe('By when the one asked is to answer'),
  overdue: z.boolean(),
  answeredAt: z.iso.datetime().nullable(),
  counterpart: counterpartSchema,
  next: z
    .object({ suggestionId: idSchema })
    .nullable()
    .describe(
      'After a decline or an expiry, for the owner of the need: the next best that can be asked with one more request',
    ),
});
export type Interest = z.infer<typeof interestSchema>;

/** What services need of an interest to tell people of it. Never leaves the platform: it names both sides. */
export const interestFactsSchema = interestSchema
  .pick({
    id: true,
    revision: true,
    state: true,
    opportunityId: true,
    suggestionId: true,
    note: true,
    answerNote: true,
    reasonCode: true,
    dueAt: true,
    answeredAt: true,
  })
  .extend({
    asker: partySchema,
    asked: partySchema,
    /** The firm that owns the opportunity wants to stay unnamed until both have accepted, and they have not. */
    ownerHidden: z.boolean(),
    nextSuggestionId: idSchema.nullable(),
    /** Who took it back; `platform` where the opportunity was closed or a side was erased. */
    withdrawnBy: z.enum(['asker', 'asked', 'platform']).nullable().optional(),
  });
export type InterestFacts = z.infer<typeof interestFactsSchema>;

/** Who saw whose contact, when. */
export const disclosureSchema = z.object({
  id: idSchema,
  interestId: idSchema,
  act: z
    .enum(['opened', 'seen', 'closed'])
    .describe('opened: both had accepted · seen: the contact was shown · closed: consent was withdrawn'),
  /** Whose contact. */
  of: partySchema,
  /** To whom. */
  to: partySchema,
  at: z.iso.datetime(),
});
export type Disclosure = z.infer<typeof disclosureSchema>;

/** How much an expert has been asked, and how they answer. */
export const loadSchema = z.object({
  expertId: idSchema,
  revision: revisionSchema,
  open: z.int().min(0).describe('Requests that wait for an answer or are being worked on'),
  asked: z.int().min(0).describe('Requests of the last 365 days that were answered or expired'),
  responseRate: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('Share of these that were answered in time; null while there are none'),
  medianHours: z.number().min(0).nullable().describe('Median time to an answer, in hours'),
});
export type Load = z.infer<typeof loadSchema>;

const act = { id: idSchema, revision: revisionSchema.optional() };

export const cooperationRpc = {
  /** Expresses interest in a suggestion, or directly in a published opportunity that is open for interest. */
  express: defineRpc(
    'cooperation.express',
    z
      .strictObject({
        suggestionId: idSchema.optional(),
        opportunityId: idSchema.optional(),
        note: text(1000).optional(),
      })
      .refine((body) => (body.suggestionId === undefined) !== (body.opportunityId === undefined), {
        path: ['suggestionId'],
        message: 'exactly one of suggestionId and opportunityId is needed',
      }),
    interestSchema,
  ),
  get: defineRpc('cooperation.get', z.strictObject({ id: idSchema }), interestSchema),
  list: defineRpc(
    'cooperation.list',
    z.strictObject({
      side: z.enum(['asker', 'asked']).optional(),
      state: interestStateSchema.optional(),
      opportunityId: idSchema.optional(),
      overdue: z.boolean().optional().describe('Those past their due date without an answer, or expired without one'),
      ...pageQuery,
    }),
    pageOf(interestSchema),
  ),
  accept: defineRpc('cooperation.accept', z.strictObject({ ...act, note: text(1000).optional() }), interestSchema),
  decline: defineRpc(
    'cooperation.decline',
    z.strictObject({ ...act, reasonCode: declineReasonSchema, note: text(1000).optional() }),
    interestSchema,
  ),
  /** Before the answer the asker takes it back; after it either side closes the contacts again. */
  withdraw: defineRpc('cooperation.withdraw', z.strictObject(act), interestSchema),
  /** The other states are set by a coordinator. */
  update: defineRpc(
    'cooperation.update',
    z.strictObject({
      id: idSchema,
      revision: revisionSchema,
      state: interestStateSchema,
      achievement: z.enum(ACHIEVEMENTS).optional().describe('With agreement-reached'),
    }),
    interestSchema,
  ),
  disclosures: defineRpc(
    'cooperation.disclosures',
    z.strictObject({ id: idSchema, ...pageQuery }),
    pageOf(disclosureSchema),
  ),
  /** How experts answer: for coordinators, and each expert for themselves. */
  loads: defineRpc(
    'cooperation.loads',
    z.strictObject({ expertId: idSchema.optional(), ...pageQuery }),
    pageOf(loadSchema.omit({ revision: true })),
  ),
  facts: defineRpc(
    'cooperation.facts',
    z.strictObject({ ids: z.array(idSchema).max(BATCH_MAX) }),
    batchOf(interestFactsSchema),
    { internal: true },
  ),
};
