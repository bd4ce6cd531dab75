import { z } from 'zod';
import { cardSchema } from './companies.contract.js';
import { competenceInputSchema, competenceSchema } from './competence-ref.js';
import { langSchema } from './language.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';
import {
  IP_STATUSES,
  opportunityStateSchema,
  opportunityTypeSchema,
  preferenceSchema,
  STAGES,
  sectorSchema,
} from './vocabulary.js';

const offerOrRequest = {
  type: opportunityTypeSchema.describe(
    'BO/BR business offer/request, TO/TR technology offer/request, RDR research & development request',
  ),
  title: text(200),
  summary: text(500),
  lang: langSchema.describe('Language in which it is written'),
  text: text(4000).optional().describe('More detail'),
  competences: z
    .array(competenceInputSchema)
    .max(20)
    .optional()
    .describe('What is offered or sought; recognised in the text as well'),
  sectors: z
    .array(sectorSchema)
    .max(10)
    .optional()
    .describe("Sectors concerned; the company's own where none is given"),
  prefer: preferenceSchema.optional().describe('Whether partners across the border are preferred'),
  stage: z.enum(STAGES).optional(),
  trl: z.int().min(1).max(9).optional().describe('Technology readiness level'),
  ipStatus: z.enum(IP_STATUSES).optional(),
  openForInterest: z.boolean().optional().describe('Published is not the same as open; true by default'),
  anonymous: z
    .boolean()
    .optional()
    .describe(
      'The firm stays unnamed until both sides have accepted; false by default. While published it can be taken back, and not be set',
    ),
};

export const opportunityCreateSchema = z.strictObject(offerOrRequest);
export type OpportunityCreate = z.infer<typeof opportunityCreateSchema>;

export const opportunityPatchSchema = z.strictObject({
  type: offerOrRequest.type.optional(),
  title: offerOrRequest.title.optional(),
  summary: offerOrRequest.summary.optional(),
  lang: offerOrRequest.lang.optional(),
  text: offerOrRequest.text.nullable(),
  competences: offerOrRequest.competences,
  sectors: offerOrRequest.sectors,
  prefer: offerOrRequest.prefer.nullable(),
  stage: offerOrRequest.stage.nullable(),
  trl: offerOrRequest.trl.nullable(),
  ipStatus: offerOrRequest.ipStatus.nullable(),
  openForInterest: offerOrRequest.openForInterest,
  anonymous: offerOrRequest.anonymous,
});
export type OpportunityPatch = z.infer<typeof opportunityPatchSchema>;

export const opportunitySchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  companyId: idSchema.nullable().describe('Null where it is anonymous and not yours'),
  state: opportunityStateSchema,
  type: opportunityTypeSchema,
  title: z.string(),
  summary: z.string(),
  lang: langSchema,
  text: z.string().nullable(),
  competences: z.array(competenceSchema),
  sectors: z.array(z.object({ scheme: sectorSchema.shape.scheme, code: z.string(), nace: z.string() })),
  prefer: preferenceSchema.nullable(),
  stage: z.enum(STAGES).nullable(),
  trl: z.int().nullable(),
  ipStatus: z.enum(IP_STATUSES).nullable(),
  openForInterest: z.boolean(),
  anonymous: z.boolean().describe('Who owns it is shown to nobody until both sides have accepted'),
  publishedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  renewed: z.boolean().describe('One renewal is possible'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Opportunity = z.infer<typeof opportunitySchema>;

/**
 * What services need of an opportunity, with the place, sectors and languages of its company. Of an anonymous one the territory is cut to the region and the
 * sectors to the division; its owner is for services alone.
 */
export const opportunityFactsSchema = opportunitySchema
  .pick({
    id: true,
    revision: true,
    state: true,
    type: true,
    title: true,
    summary: true,
    lang: true,
    text: true,
    competences: true,
    sectors: true,
    prefer: true,
    expiresAt: true,
    openForInterest: true,
    anonymous: true,
  })
  .extend({
    companyId: idSchema,
    country: z.string(),
    territory: z.string().nullable(),
    languages: z.array(langSchema),
  });
export type OpportunityFacts = z.infer<typeof opportunityFactsSchema>;

/** What an answer or a mail shows of a published opportunity. */
export const opportunityCardSchema = z.object({
  id: idSchema,
  type: opportunityTypeSchema,
  state: opportunityStateSchema,
  title: z.string(),
  summary: z.string(),
  lang: langSchema,
  expiresAt: z.iso.datetime().nullable(),
  anonymous: z.boolean(),
  country: z.string(),
  territory: z.string().nullable().describe('Of an anonymous one the region alone'),
  company: cardSchema.nullable().describe('Null where it is anonymous'),
});
export type OpportunityCard = z.infer<typeof opportunityCardSchema>;

/** The acts of the life cycle. publish: draft, on-hold → published · hold: published → on-hold · renew: published, expired → published for another 365 days, once · archive: any → archived. */
export const OPPORTUNITY_ACTIONS = ['publish', 'hold', 'renew', 'archive'] as const;

/** How many days an opportunity can be valid from its publication: long enough for an answer, and no longer than without a choice. */
export const VALID_DAYS = { min: 14, max: 365 } as const;

/** What can be said when an opportunity is published. */
export const publishSchema = z.strictObject({
  validDays: z
    .int()
    .min(VALID_DAYS.min)
    .max(VALID_DAYS.max)
    .optional()
    .describe('For so many days it is valid; 365 without. Chosen once, when it is first published'),
});

const batchOfIds = z.strictObject({ ids: z.array(idSchema).max(BATCH_MAX) });

export const opportunitiesRpc = {
  create: defineRpc(
    'companies.opportunity-create',
    z.strictObject({ companyId: idSchema, opportunity: opportunityCreateSchema }),
    opportunitySchema,
  ),
  get: defineRpc('companies.opportunity-get', z.strictObject({ id: idSchema }), opportunitySchema),
  update: defineRpc(
    'companies.opportunity-update',
    z.strictObject({ id: idSchema, revision: revisionSchema, patch: opportunityPatchSchema }),
    opportunitySchema,
  ),
  act: defineRpc(
    'companies.opportunity-act',
    z.strictObject({
      id: idSchema,
      action: z.enum(OPPORTUNITY_ACTIONS),
      revision: revisionSchema.optional(),
      ...publishSchema.shape,
    }),
    opportunitySchema,
  ),
  list: defineRpc(
    'companies.opportunity-list',
    z.strictObject({ companyId: idSchema, state: opportunityStateSchema.optional(), ...pageQuery }),
    pageOf(opportunitySchema),
  ),
  cards: defineRpc('companies.opportunity-cards', batchOfIds, batchOf(opportunityCardSchema), { internal: true }),
  facts: defineRpc('companies.opportunity-facts', batchOfIds, batchOf(opportunityFactsSchema), { internal: true }),
};
