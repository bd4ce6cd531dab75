import { z } from 'zod';
import {
  explainAnswerSchema,
  foundSubjectSchema,
  idSchema,
  matchAnswerSchema,
  pageOf,
  rankedSchema,
  suggestionSchema,
} from '#libs/contracts';

const names = {
  name: z.string().describe('Name of the expert or company, title of the opportunity'),
  affiliation: z.string().nullable().optional().describe('Of an expert'),
  company: z
    .object({ id: idSchema, name: z.string() })
    .nullable()
    .optional()
    .describe('Whose opportunity it is; null where it is anonymous'),
};
const namedSubject = rankedSchema.shape.subject.extend(names);
const namedFound = foundSubjectSchema.extend(names);

/** Answer of `POST /v1/matches`: ranked, explained, with names. */
export const namedMatchAnswerSchema = matchAnswerSchema.extend({
  items: z.array(rankedSchema.extend({ subject: namedFound })),
});

/** Answer of `POST /v1/matches/explain`; the name is absent where the owner shows it to nobody. */
export const namedExplainAnswerSchema = explainAnswerSchema.extend({
  subject: namedFound.partial({ name: true }),
});

export const namedSuggestionSchema = suggestionSchema.extend({ subject: namedSubject });
/** A page of suggestions with names. */
export const namedSuggestionPageSchema = pageOf(namedSuggestionSchema);
