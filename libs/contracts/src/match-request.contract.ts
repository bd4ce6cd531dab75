import { z } from 'zod';
import { langSchema } from './language.js';
import { SUBJECT_TYPES } from './ranked.contract.js';
import { idSchema, text } from './text.js';
import { countrySchema, preferenceSchema, SEEKS, territorySchema } from './vocabulary.js';

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
