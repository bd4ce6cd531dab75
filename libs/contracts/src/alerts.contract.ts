import { z } from 'zod';
import { langSchema } from './language.js';
import { matchFiltersSchema } from './match-request.contract.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';
import { preferenceSchema, SEEKS } from './vocabulary.js';

/** How often a saved search tells: at once, or what came together once a day or a week. */
export const ALERT_RHYTHMS = ['now', 'daily', 'weekly'] as const;
/** Saved searches that one firm or expert may have. */
export const ALERTS_MAX = 20;

const search = {
  name: text(120).optional().describe('For its owner to tell it from others'),
  seek: z.enum(SEEKS),
  text: text(4000).optional().describe('What is sought, in own words'),
  competences: z.array(text(300)).max(20).optional().describe('Competence ids or labels, as in a match'),
  filters: matchFiltersSchema.optional(),
  prefer: preferenceSchema.optional(),
  rhythm: z.enum(ALERT_RHYTHMS).default('daily'),
  lang: langSchema.optional().describe('Language of the text, where the caller knows it'),
};

const hasWords = (body: { text?: unknown; competences?: unknown }) =>
  Boolean(body.text || (Array.isArray(body.competences) && body.competences.length > 0));
const wordless = { path: ['text'], message: 'a text or at least one competence is needed' };

export const alertCreateSchema = z.strictObject(search).refine(hasWords, wordless);
export type AlertCreate = z.infer<typeof alertCreateSchema>;

/** A change: only the given fields; `null` clears an optional one. What is sought stays of one kind: another kind is another search. */
export const alertPatchSchema = z.strictObject({
  name: search.name.nullable(),
  text: search.text.nullable(),
  competences: search.competences,
  filters: search.filters.nullable(),
  prefer: search.prefer.nullable(),
  rhythm: z.enum(ALERT_RHYTHMS).optional(),
  paused: z
    .boolean()
    .optional()
    .describe('A paused search tells nothing; once it goes on it tells of what is new from then'),
  lang: search.lang.nullable(),
});
export type AlertPatch = z.infer<typeof alertPatchSchema>;

/** A saved search. It tells of each expert, firm or need once, and never of what was there when it was saved, last changed or went on after a pause. */
export const alertSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  name: z.string().nullable(),
  seek: z.enum(SEEKS),
  text: z.string().nullable(),
  competences: z.array(z.string()),
  filters: matchFiltersSchema.nullable(),
  prefer: preferenceSchema.nullable(),
  rhythm: z.enum(ALERT_RHYTHMS),
  paused: z.boolean(),
  lang: langSchema.nullable(),
  hits: z.int().describe('How many it has found since it was saved'),
  lastHitAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Alert = z.infer<typeof alertSchema>;

/** A saved search with its owner, for services. */
export const alertFactsSchema = alertSchema.extend({ ownerKind: z.enum(['firm', 'expert']), ownerId: idSchema });
export type AlertFacts = z.infer<typeof alertFactsSchema>;

/** Saved searches; matching answers them. Firms and experts have their own, and see no others. */
export const alertsRpc = {
  create: defineRpc('matching.alert-create', alertCreateSchema, alertSchema),
  get: defineRpc('matching.alert-get', z.strictObject({ id: idSchema }), alertSchema),
  list: defineRpc('matching.alert-list', z.strictObject(pageQuery), pageOf(alertSchema)),
  update: defineRpc(
    'matching.alert-update',
    z.strictObject({ id: idSchema, revision: revisionSchema, patch: alertPatchSchema }),
    alertSchema,
  ),
  remove: defineRpc(
    'matching.alert-remove',
    z.strictObject({ id: idSchema, revision: revisionSchema.optional() }),
    z.object({ id: idSchema }),
  ),
  byIds: defineRpc(
    'matching.alerts-by-id',
    z.strictObject({ ids: z.array(idSchema).max(BATCH_MAX) }),
    batchOf(alertFactsSchema),
    { internal: true },
  ),
};
