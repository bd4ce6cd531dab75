import { z } from 'zod';
import { langSchema } from './language.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';
import { countrySchema, DECLINE_REASONS, preferenceSchema, SEEKS, territorySchema } from './vocabulary.js';

/** Parts of a score. They add up to it. What a need's competences leave unsaid its words say, so these two share their weights. */
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

/** Partners who complete a firm (they have what it seeks, and seek what it has), or firms like it. */
export const PARTNER_KINDS = ['complementary', 'alike'] as const;

const matchFields = {
  text: text(4000).optional().describe('The need in own words, in Italian, English, German or French'),
  opportunityId: idSchema.optional().describe('Match a stored opportunity'),
  companyId: idSchema.optional().describe('On behalf of this company: its place, sectors, offers and wishes count'),
  expertId: idSchema.optional().describe('Open needs for this expert (with seek: opportunities)'),
  competences: z
    .array(text(300))
    .max(20)
    .optional()
    .describe(
      'Competence ids, labels, or URIs of the imported taxonomy; given ones win over those recognised in the text',
    ),
  seek: z.enum(SEEKS),
  partners: z
    .enum(PARTNER_KINDS)
    .optional()
    .describe(
      'With seek: partners. Complementary (the default) or alike: firms like this one. A firm that seeks nothing is shown firms like it unless told otherwise',
    ),
  prefer: preferenceSchema
    .optional()
    .describe('Without it the wish of the opportunity counts; it raises a score, and never leaves anybody out'),
  lang: langSchema.optional().describe('Language of the text, where the caller knows it'),
  filters: matchFiltersSchema.optional(),
  limit: z.int().min(1).max(50).default(10),
};

type Asked = { [name in keyof typeof matchFields]?: unknown };

const hasSomethingToGoBy = (body: Asked) =>
  Boolean(
    body.text ||
      body.opportunityId ||
      body.companyId ||
      body.expertId ||
      (Array.isArray(body.competences) && body.competences.length > 0),
  );
const nothingToGoBy = {
  path: ['text'],
  message: 'one of text, opportunityId, companyId, expertId or competences is needed',
};
const namesPartnersRightly = (body: Asked) => body.partners === undefined || body.seek === 'partners';
const partnersWithoutSeeking = { path: ['partners'], message: 'goes with seek: partners only' };

export const matchRequestSchema = z
  .strictObject(matchFields)
  .refine(hasSomethingToGoBy, nothingToGoBy)
  .refine(namesPartnersRightly, partnersWithoutSeeking);
export type MatchRequest = z.infer<typeof matchRequestSchema>;

/** What each search finds. */
export const SOUGHT_TYPES = { experts: 'expert', partners: 'company', opportunities: 'opportunity' } as const;

/** A match, and the one subject whose place in it is to be explained. */
export const explainRequestSchema = z
  .strictObject({ ...matchFields, subject: z.strictObject({ type: z.enum(SUBJECT_TYPES), id: idSchema }) })
  .refine(hasSomethingToGoBy, nothingToGoBy)
  .refine(namesPartnersRightly, partnersWithoutSeeking)
  .refine((body) => body.subject?.type === SOUGHT_TYPES[body.seek], {
    path: ['subject', 'type'],
    message: 'must be what seek looks for: expert, company (partners) or opportunity',
  });
export type ExplainRequest = z.infer<typeof explainRequestSchema>;

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

export const matchAnswerSchema = z.object({
  understood: understoodSchema,
  items: z.array(rankedSchema),
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
  companyId: idSchema.describe('Owner of the opportunity'),
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
