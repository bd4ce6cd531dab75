import { z } from 'zod';
import { langSchema } from './language.js';
import { explainRequestSchema, matchRequestSchema, PARTNER_KINDS } from './match-request.contract.js';
import { rankedSchema } from './ranked.contract.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema } from './text.js';
import { DECLINE_REASONS, preferenceSchema } from './vocabulary.js';

export const understoodSchema = z.object({
  lang: langSchema,
  competences: z
    .array(
      z.object({
        id: z.string(),
        label: z.string(),
        words: z.array(z.string()).describe("The need's own words that led to it"),
        weight: z.number(),
        source: z.enum(['own', 'imported']).describe('The own competences, or the imported taxonomy'),
      }),
    )
    .describe('Send ids back as `competences` to correct what was understood'),
  prefer: preferenceSchema.describe(
    "The preference that counted: the request's, else the opportunity's; needs that are looked for keep their own while the request has none",
  ),
  country: z
    .string()
    .nullable()
    .describe(
      'Where the asking side is; while it is not known, a preference for either side of the border has no effect',
    ),
  partners: z.enum(PARTNER_KINDS).nullable().describe('With seek: partners, which kind was looked for'),
});

/** Who is found, with what else an answer can be narrowed by, for counts beside the filters. */
export const foundSubjectSchema = rankedSchema.shape.subject.extend({
  languages: z.array(langSchema).describe('What `filters.languages` goes by'),
  sectors: z
    .array(z.string())
    .describe("What `filters.sectors` goes by: divisions of NACE, each once; an expert's follow from the competences"),
});

export const matchAnswerSchema = z.object({
  understood: understoodSchema,
  items: z.array(rankedSchema.extend({ subject: foundSubjectSchema })),
  weightsVersion: z.string(),
  degraded: z.boolean().describe('True when the search engine could not be asked and the answer is plainer than usual'),
});
export type MatchAnswer = z.infer<typeof matchAnswerSchema>;

/** What keeps a subject out of an answer, or down in it. */
export const OBSTACLES = [
  'not-listed',
  'not-indexed',
  'own-firm',
  'not-a-need',
  'expired',
  'filter-country',
  'filter-territories',
  'filter-languages',
  'filter-sectors',
  'filter-competences',
  'filter-available',
  'not-among-candidates',
  'below-floor',
  'below-tail',
  'outranked',
] as const;
export type ObstacleCode = (typeof OBSTACLES)[number];

/** `code` and `params` are stable, `text` is in the caller's language. */
export const obstacleSchema = z.object({
  code: z.enum(OBSTACLES),
  params: z.record(z.string(), z.unknown()),
  text: z.string(),
});
export type Obstacle = z.infer<typeof obstacleSchema>;

export const explainAnswerSchema = z.object({
  understood: understoodSchema,
  ...rankedSchema.omit({ rank: true }).shape,
  subject: foundSubjectSchema,
  rank: z.int().min(1).nullable().describe('Place among all that were ranked; null when something keeps it out'),
  of: z.int().min(0).describe('How many were ranked'),
  relevance: z
    .number()
    .min(0)
    .max(1)
    .describe('Share of competences and text alone, which decides whether it is an answer'),
  obstacles: z.array(obstacleSchema).describe('What keeps it out or down; empty when it is in the answer'),
  weightsVersion: z.string(),
  degraded: z.boolean(),
});
export type ExplainAnswer = z.infer<typeof explainAnswerSchema>;

export const SUGGESTION_STATES = ['open', 'dismissed', 'withdrawn'] as const;
/** A stored suggestion. For the owner of the need the subject is the expert or partner; for these it is the opportunity. */
export const suggestionSchema = rankedSchema.extend({
  id: idSchema,
  revision: revisionSchema,
  state: z.enum(SUGGESTION_STATES),
  opportunityId: idSchema,
  companyId: idSchema.nullable().describe('Owner of the opportunity; null where it is anonymous and not yours'),
  anonymous: z.boolean().describe('The owner of the opportunity stays unnamed until both sides have accepted'),
  weightsVersion: z.string(),
  createdAt: z.iso.datetime(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const matchingRpc = {
  match: defineRpc('matching.match', matchRequestSchema, matchAnswerSchema),
  /** Why one subject stands where it stands in the answer to a match, or is not in it. */
  explain: defineRpc('matching.explain', explainRequestSchema, explainAnswerSchema),
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
  /** One suggestion that stands or was set aside, as one of its sides sees it. */
  suggestion: defineRpc('matching.suggestion', z.strictObject({ id: idSchema }), suggestionSchema),
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
  /** The best standing suggestion of an opportunity that can be asked now, for who was asked and will not: not one of those named, available, never declined. */
  nextBest: defineRpc(
    'matching.next-best',
    z.strictObject({
      opportunityId: idSchema,
      subjectType: z.enum(['expert', 'company']).default('expert'),
      except: z.array(idSchema).max(BATCH_MAX).default([]).describe('Experts or firms that were asked already'),
    }),
    z.object({ suggestionId: idSchema.nullable() }),
    { internal: true },
  ),
  /** What competences are called in `ctx.lang`; ids that are no competences are left out. */
  competenceNames: defineRpc(
    'matching.competence-names',
    z.strictObject({ ids: z.array(z.string().max(300)).max(BATCH_MAX) }),
    batchOf(z.object({ id: z.string(), label: z.string() })),
    { internal: true },
  ),
  /** Rebuilds the index beside the living one and swaps them; returns how many documents were written. */
  rebuild: defineRpc('matching.rebuild', z.strictObject({}), z.object({ documents: z.int() }), { internal: true }),
  /** How far the index is behind: rows still to send, opportunities to match, subjects that saved searches have not seen. */
  lag: defineRpc(
    'matching.lag',
    z.strictObject({}),
    z.object({ dirty: z.int(), unmatched: z.int(), unseen: z.int() }),
    { internal: true },
  ),
};
