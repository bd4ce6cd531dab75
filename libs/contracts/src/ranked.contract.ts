import { z } from 'zod';
import { idSchema } from './text.js';

/** Parts of a score. They add up to it. What a need's competences leave unsaid its words say, so these two share their weights. */
export const SCORE_PARTS = ['competences', 'text', 'sector', 'territory', 'language', 'availability'] as const;
export type ScorePart = (typeof SCORE_PARTS)[number];

export const SUBJECT_TYPES = ['expert', 'company', 'opportunity'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

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
