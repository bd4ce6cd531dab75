import { z } from 'zod';
import { partsSchema } from './ranked.contract.js';
import { defineRpc } from './rpc.js';

/** One metric of two weightings on the same answers; `p` is that of a paired randomisation test over needs, two-sided. */
const comparedSchema = z.object({ before: z.number(), after: z.number(), p: z.number() });

/** What learning found, on needs that the weights compared were not fitted on. */
export const learningReportSchema = z.object({
  judged: z.int().describe('Judged pairs there are'),
  used: z.int().describe('Those whose verdict is about fit'),
  needs: z.int().describe('Needs with better and worse answers to compare'),
  comparisons: z.int().describe('Pairs of a better and a worse answer to one need'),
  folds: z.int(),
  seed: z.int(),
  ndcg10: comparedSchema,
  mrr: comparedSchema,
  pairwise: comparedSchema.describe('Share of comparisons in the right order'),
  // As it was then: a later platform may have other parts.
  parts: z.object({ before: z.record(z.string(), z.number()), after: z.record(z.string(), z.number()) }),
});
export type LearningReport = z.infer<typeof learningReportSchema>;

export const WEIGHTS_STATES = ['built-in', 'proposed', 'adopted', 'outdated'] as const;
/** A version of the weights. `outdated` ones were learned for figures that the platform no longer has, and cannot be switched to. */
export const weightsVersionSchema = z.object({
  version: z.string(),
  state: z.enum(WEIGHTS_STATES),
  active: z.boolean(),
  parts: partsSchema.describe('Greatest share of each part in a score'),
  basedOn: z.string().nullable().describe('Version it was compared with'),
  madeAt: z.iso.datetime().nullable(),
  report: learningReportSchema.nullable(),
});

export const weightsListSchema = z.object({
  items: z.array(weightsVersionSchema),
  switched: z
    .object({ by: z.string().describe('Actor, as `admin`'), at: z.iso.datetime() })
    .nullable()
    .describe('Who switched last, and when'),
  nextCursor: z.null(),
});
export type WeightsList = z.infer<typeof weightsListSchema>;

export const LEARNING_OUTCOMES = ['too-few', 'not-better', 'better', 'proposed', 'applied'] as const;

/** Versions of the ranking weights, learned from answers; matching answers them. */
export const learningRpc = {
  weights: defineRpc('matching.weights', z.strictObject({}), weightsListSchema),
  switchWeights: defineRpc(
    'matching.switch-weights',
    z.strictObject({ version: z.string().min(1).max(80) }),
    weightsListSchema,
  ),
  /** Fits weights to the judged pairs and proposes them when they are better. Takes seconds: ask with patience. */
  learn: defineRpc(
    'matching.learn',
    z.strictObject({
      min: z.int().min(1).max(1_000_000).default(200),
      seed: z.int().min(1).max(2_147_483_647).default(1),
      dryRun: z.boolean().default(false),
      apply: z.boolean().default(false),
    }),
    z.object({
      outcome: z.enum(LEARNING_OUTCOMES),
      basedOn: z.string(),
      version: z.string().nullable().describe('The new version, where one was written'),
      judged: z.int(),
      used: z.int(),
      needs: z.int(),
      minNeeds: z.int(),
      report: learningReportSchema.nullable(),
    }),
    { internal: true },
  ),
};
