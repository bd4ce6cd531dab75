import { z } from 'zod';
import { langSchema } from './language.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';
import { countrySchema, DECLINE_REASONS, preferenceSchema, SEEKS, territorySchema } from './vocabulary.js';

/** Parts of a score. They add up to it; each lies between 0 and its weight. */
export const SCORE_PARTS = ['competences', 'text', 'sector', 'territory', 'language', 'availability'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

export const SUBJECT_TYPES = ['expert', 'company', 'opportunity'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** Hard constraints: a subject that does not meet them is left out, whatever its score. */
export const matchFiltersSchema = z.strictObject({
  country: countrySchema.optional(),
  territories: z.array(territorySchema).max(40).optional(),
  languages: z.array(langSchema).max(4).optional().describe('At least one of these in common'),
  sectors: z
    .array(z.string().regex(/^\d{2}(\.\d{1,2})?$/, 'must be a NACE division or class such as 28 or 28.41'))
    .max(20)
    .optional(),
  competences: z
    .array(text(120))
    .max(20)
    .optional()
    .describe('Competence ids or labels of which at least one must be there'),
  availableOnly: z.boolean().optional(),
});

export const matchRequestSchema = z
  .strictObject({
    text: text(4000).optional().describe('The need in own words, in Italian, English, German or French'),
    opportunityId: idSchema.optional().describe('Match a stored opportunity'),
    companyId: idSchema.optional().describe('On behalf of this company: its place, sectors, offers and wishes count'),
    expertId: idSchema.optional().describe('Open needs for this expert (with seek: opportunities)'),
    competences: z
      .array(text(120))
      .max(20)
      .optional()
      .describe('Competence ids or labels; given ones win over those recognised in the text'),
    seek: z.enum(SEEKS),
    prefer: preferenceSchema.optional(),
    lang: langSchema.optional().describe('Language of the text, where the caller knows it'),
    filters: matchFiltersSchema.optional(),
    limit: z.int().min(1).max(50).default(10),
  })
  .refine((body) => body.text || body.opportunityId || body.companyId || body.expertId || body.competences?.length, {
    path: ['text'],
    message: 'one of text, opportunityId, companyId, expertId or competences is needed',
  });
export type MatchRequest = z.infer<typeof matchRequestSchema>;

/** One reason, worth `weight` of the score. `code` and `params` are stable, `text` is in the caller's language. */
export const reasonSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
  text: z.string(),
  weight: z.number(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** A figure for each part of a score. */
export const partsSchema = z.object(
  Object.fromEntries(SCORE_PARTS.map((part) => [part, z.number()])) as Record<ScorePart, z.ZodNumber>,
);

/** A ranked subject without its name: names belong to their owner and are joined at the gateway. */
export const rankedSchema = z.object({
  rank: z.int().min(1),
  score: z.number().min(0).max(1),
  subject: z.object({
    type: z.enum(SUBJECT_TYPES),
    id: idSchema,
    country: z.string(),
    territory: z.string().nullable(),
  }),
  parts: partsSchema,
  reasons: z.array(reasonSchema),
  missing: z
    .array(z.object({ id: z.string(), label: z.string() }))
    .describe('Competences of the need that are not evidenced here'),
});
export type Ranked = z.infer<typeof rankedSchema>;

export const understoodSchema = z.object({
  lang: langSchema,
  competences: z.array(z.object({ id: z.string(), label: z.string(), words: z.array(z.string()), weight: z.number() })),
});

export const matchAnswerSchema = z.object({
  understood: understoodSchema,
  items: z.array(rankedSchema),
  weightsVersion: z.string(),
  degraded: z.boolean().describe('True when the search engine could not be asked and the answer is plainer than usual'),
});
export type MatchAnswer = z.infer<typeof matchAnswerSchema>;

export const SUGGESTION_STATES = ['open', 'dismissed', 'withdrawn'] as const;
/** A stored suggestion. For the owner of the need the subject is the expert or partner; for these it is the opportunity. */
export const suggestionSchema = rankedSchema.extend({
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(SUGGESTION_STATES),
  opportunityId: idSchema,
  companyId: idSchema.describe('Owner of the opportunity'),
  weightsVersion: z.string(),
  createdAt: z.iso.datetime(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const matchingRpc = {
  match: defineRpc('matching.match', matchRequestSchema, matchAnswerSchema),
  /** Suggestions of an opportunity (for its owner), or that concern a company or an expert. Exactly one of the three ids. */
  suggestions: defineRpc(
    'matching.suggestions',
    z.strictObject({
      opportunityId: idSchema.optional(),
      companyId: idSchema.optional(),
      expertId: idSchema.optional(),
      seek: z.enum(['experts', 'partners']).optional(),
      ...pageQuery,
    }),
    pageOf(suggestionSchema),
  ),
  /** Suggestions by id, for notifications, with reasons in `ctx.lang`. The subject is always the expert or partner. */
  suggestionsById: defineRpc(
    'matching.suggestions-by-id',
    z.strictObject({ ids: z.array(idSchema).max(BATCH_MAX) }),
    batchOf(suggestionSchema),
    { internal: true },
  ),
  dismiss: defineRpc(
    'matching.dismiss',
    z.strictObject({ id: idSchema, revision: revisionSchema.optional(), reason: z.enum(DECLINE_REASONS).optional() }),
    suggestionSchema,
  ),
  competences: defineRpc(
    'matching.competences',
    z.strictObject({
      q: z.string().max(120).default(''),
      lang: langSchema.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
    z.object({
      items: z.array(z.object({ id: z.string(), label: z.string(), broader: z.string().nullable() })),
      nextCursor: z.null(),
    }),
  ),
  /** Rebuilds the index beside the living one and swaps them; returns how many documents were written. */
  rebuild: defineRpc('matching.rebuild', z.strictObject({}), z.object({ documents: z.int() }), { internal: true }),
  /** How far the index is behind: rows still to send. */
  lag: defineRpc('matching.lag', z.strictObject({}), z.object({ dirty: z.int(), unmatched: z.int() }), {
    internal: true,
  }),
};
