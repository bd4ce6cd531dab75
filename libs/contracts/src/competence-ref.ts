import { z } from 'zod';
import { text } from './text.js';
import { COMPETENCE_LEVELS } from './vocabulary.js';

/**
 * A competence as somebody gives it: a competence id, a label in any of the four languages, or words of one's own.
 * Short form: the bare string. `level` is the holder's own estimate.
 */
export const competenceInputSchema = z.union([
  text(120),
  z.strictObject({ competence: text(120), level: z.enum(COMPETENCE_LEVELS).optional() }),
]);

/** A competence as it is kept: `id` of the taxonomy where one was recognised, and the words as they were given. */
export const competenceSchema = z.strictObject({
  id: z.string().nullable(),
  label: z.string(),
  level: z.enum(COMPETENCE_LEVELS).optional(),
});
export type CompetenceRef = z.infer<typeof competenceSchema>;
