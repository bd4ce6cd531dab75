import { z } from 'zod';
import { addressSchema, cardSchema, contactSchema, importResultSchema, importRow } from './companies.contract.js';
import { competenceInputSchema, competenceSchema } from './competence-ref.js';
import { langSchema } from './language.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text, webAddress } from './text.js';
import { countrySchema, EVIDENCE_KINDS, EXPERT_ROLES, territorySchema } from './vocabulary.js';

/** One piece of evidence for what an expert can do. */
export const evidenceInputSchema = z.strictObject({
  kind: z.enum(EVIDENCE_KINDS).default('work'),
  title: text(300),
  text: text(4000).optional(),
  year: z.int().min(1900).max(2100).optional(),
  url: webAddress.optional(),
  competences: z.array(competenceInputSchema).max(20).optional(),
});

const awaySchema = z
  .strictObject({ from: z.iso.date(), to: z.iso.date() })
  .refine((away) => away.from <= away.to, { path: ['to'], message: 'must not be before `from`' });

const profile = {
  name: text(200),
  country: countrySchema,
  role: z.enum(EXPERT_ROLES).optional(),
  affiliation: text(300).optional(),
  orcid: z.string().max(40).optional().describe('ORCID iD; its check digit is verified'),
  territory: territorySchema.optional().describe('Where the expert works from'),
  territories: z
    .array(territorySchema)
    .max(40)
    .optional()
    .describe('Territories served; codes or their beginnings, such as ITC4 or CH'),
  languages: z.array(langSchema).max(4).optional(),
  text: text(4000).optional().describe('What the expert does, in own words'),
  competences: z.array(competenceInputSchema).max(60).optional(),
  evidence: z.array(evidenceInputSchema).max(40).optional(),
  capacity: z.int().min(0).max(100).optional().describe('Open requests the expert takes at a time; 3 by default'),
  away: z.array(awaySchema).max(20).optional(),
  website: webAddress.optional(),
  contact: contactSchema.optional(),
  listed: z
    .boolean()
    .optional()
    .describe(
      'Consent to be listed and suggested. True by default where the expert or a coordinator creates the profile; imports decide for themselves',
    ),
};

export const expertCreateSchema = z
  .strictObject(profile)
  .refine((expert) => expert.competences?.length || expert.evidence?.length || expert.text, {
    path: ['competences'],
    message: 'at least one competence, one piece of evidence or a text is needed',
  });
export type ExpertCreate = z.infer<typeof expertCreateSchema>;

export const expertPatchSchema = z.strictObject({
  name: profile.name.optional(),
  country: profile.country.optional(),
  role: profile.role.nullable(),
  affiliation: profile.affiliation.nullable(),
  orcid: profile.orcid.nullable(),
  territory: profile.territory.nullable(),
  territories: profile.territories,
  languages: profile.languages,
  text: profile.text.nullable(),
  competences: profile.competences,
  evidence: profile.evidence,
  capacity: profile.capacity,
  away: profile.away,
  website: profile.website.nullable(),
  contact: contactSchema.nullable().optional(),
  listed: profile.listed,
});
export type ExpertPatch = z.infer<typeof expertPatchSchema>;

export const evidenceSchema = z.object({
  id: idSchema,
  kind: z.enum(EVIDENCE_KINDS),
  title: z.string(),
  text: z.string().nullable(),
  year: z.int().nullable(),
  url: z.string().nullable(),
  competences: z.array(competenceSchema),
});

export const expertSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  name: z.string(),
  country: z.string(),
  role: z.enum(EXPERT_ROLES).nullable(),
  affiliation: z.string().nullable(),
  orcid: z.string().nullable(),
  territory: z.string().nullable(),
  territories: z.array(z.string()),
  languages: z.array(langSchema),
  text: z.string().nullable(),
  competences: z.array(competenceSchema),
  evidence: z.array(evidenceSchema),
  capacity: z.int(),
  away: z.array(z.object({ from: z.iso.date(), to: z.iso.date() })),
  website: z.string().nullable(),
  contact: contactSchema.nullable().optional().describe('Only for the expert and for coordinators'),
  listed: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Expert = z.infer<typeof expertSchema>;

/** What matching indexes of a listed expert: public by consent, no name, no contact. */
export const expertFactsSchema = expertSchema.pick({
  id: true,
  revision: true,
  country: true,
  role: true,
  territory: true,
  territories: true,
  languages: true,
  text: true,
  competences: true,
  evidence: true,
  capacity: true,
  away: true,
  listed: true,
});
export type ExpertFacts = z.infer<typeof expertFactsSchema>;

const batchOfIds = z.strictObject({ ids: z.array(idSchema).max(BATCH_MAX) });

export const expertsRpc = {
  create: defineRpc('experts.create', expertCreateSchema, expertSchema),
  get: defineRpc('experts.get', z.strictObject({ id: idSchema }), expertSchema),
  update: defineRpc(
    'experts.update',
    z.strictObject({ id: idSchema, revision: revisionSchema, patch: expertPatchSchema }),
    expertSchema,
  ),
  erase: defineRpc(
    'experts.erase',
    z.strictObject({ id: idSchema, revision: revisionSchema.optional() }),
    z.object({ id: idSchema }),
  ),
  list: defineRpc(
    'experts.list',
    z.strictObject({
      q: text(200).optional().describe('Part of the name or of the affiliation'),
      country: countrySchema.optional(),
      territory: territorySchema.optional(),
      role: z.enum(EXPERT_ROLES).optional(),
      ...pageQuery,
    }),
    pageOf(expertSchema),
  ),
  /** `consentBasis` says why the imported experts may be listed (audited); without it they stay unlisted. */
  import: defineRpc(
    'experts.import',
    z.strictObject({
      source: text(100),
      consentBasis: text(500).optional(),
      rows: z.array(importRow(expertCreateSchema)).max(BATCH_MAX),
    }),
    importResultSchema,
    { internal: true },
  ),
  cards: defineRpc('experts.cards', batchOfIds, batchOf(cardSchema.extend({ affiliation: z.string().nullable() })), {
    internal: true,
  }),
  facts: defineRpc('experts.facts', batchOfIds, batchOf(expertFactsSchema), { internal: true }),
  addresses: defineRpc('experts.addresses', batchOfIds, batchOf(addressSchema), { internal: true }),
};
