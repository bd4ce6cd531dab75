import { z } from 'zod';
import { competenceInputSchema, competenceSchema } from './competence-ref.js';
import { langSchema } from './language.js';
import { BATCH_MAX, batchOf, defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text, webAddress } from './text.js';
import {
  COMPANY_KINDS,
  countrySchema,
  IP_STATUSES,
  sectorSchema,
  sizeClassSchema,
  territorySchema,
} from './vocabulary.js';

/** Partita IVA, Italian tax code, REA number, Swiss UID. Check digits are verified; a value is unique per scheme, save that VAT groups share a P.IVA. */
export const identifierSchema = z.strictObject({
  scheme: z.enum(['vat-it', 'tax-it', 'rea-it', 'uid-ch']),
  value: text(40),
});

/** Private: seen by the firm itself and by coordinators. */
export const contactSchema = z.strictObject({
  name: text(120).optional(),
  email: z.email().max(254).optional(),
  phone: z
    .string()
    .regex(/^\+?[0-9 ()./-]{5,30}$/, 'must be a telephone number')
    .optional(),
});

const profile = {
  name: text(200),
  country: countrySchema,
  kind: z.enum(COMPANY_KINDS).optional(),
  sizeClass: sizeClassSchema.optional(),
  people: z.int().min(0).max(5_000_000).optional().describe('Head count; sets the size class where none is given'),
  identifiers: z.array(identifierSchema).max(10).optional(),
  territory: territorySchema.optional(),
  town: text(120).optional(),
  sectors: z.array(sectorSchema).max(10).optional(),
  languages: z
    .array(langSchema)
    .max(4)
    .optional()
    .describe('Languages the firm works in; the first one is used to write to it'),
  text: text(4000).optional().describe('The firm in its own words'),
  offers: z.array(competenceInputSchema).max(40).optional().describe('Competences the firm has'),
  seeks: z.array(competenceInputSchema).max(40).optional().describe('Competences the firm looks for'),
  ipStatus: z.enum(IP_STATUSES).optional(),
  website: webAddress.optional(),
  contact: contactSchema.optional(),
  registerEmail: z
    .email()
    .max(254)
    .optional()
    .describe('The address that the public register has (in Italy the PEC). Set by coordinators and imports alone'),
};

export const companyCreateSchema = z.strictObject(profile);
export type CompanyCreate = z.infer<typeof companyCreateSchema>;

/** A change: only the given fields; `null` clears an optional one. */
export const companyPatchSchema = z.strictObject({
  name: profile.name.optional(),
  country: profile.country.optional(),
  kind: profile.kind.nullable(),
  sizeClass: profile.sizeClass.nullable(),
  people: profile.people.nullable(),
  identifiers: profile.identifiers,
  territory: profile.territory.nullable(),
  town: profile.town.nullable(),
  sectors: profile.sectors,
  languages: profile.languages,
  text: profile.text.nullable(),
  offers: profile.offers,
  seeks: profile.seeks,
  ipStatus: profile.ipStatus.nullable(),
  website: profile.website.nullable(),
  contact: contactSchema.nullable().optional(),
  registerEmail: profile.registerEmail.nullable(),
});
export type CompanyPatch = z.infer<typeof companyPatchSchema>;

/** How complete a profile is, 0 to 100, and the one step that would raise it most (`text` in the reader's language); null when complete. */
export const completenessSchema = z.object({
  percent: z.int().min(0).max(100),
  nextStep: z.object({ field: z.string(), gain: z.int(), text: z.string() }).nullable(),
});

export const companySchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  name: z.string(),
  country: z.string(),
  kind: z.enum(COMPANY_KINDS).nullable(),
  sizeClass: sizeClassSchema.nullable(),
  people: z.int().nullable(),
  identifiers: z.array(
    z.object({
      scheme: identifierSchema.shape.scheme,
      value: z.string(),
      source: z.string(),
      checkedAt: z.iso.datetime(),
    }),
  ),
  territory: z.string().nullable(),
  town: z.string().nullable(),
  sectors: z.array(z.object({ scheme: sectorSchema.shape.scheme, code: z.string(), nace: z.string() })),
  languages: z.array(langSchema),
  text: z.string().nullable(),
  offers: z.array(competenceSchema),
  seeks: z.array(competenceSchema),
  ipStatus: z.enum(IP_STATUSES).nullable(),
  website: z.string().nullable(),
  contact: contactSchema.nullable().optional().describe('Only for the firm itself and coordinators'),
  registerEmail: z.string().nullable().optional().describe('Only for coordinators'),
  completeness: completenessSchema,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Company = z.infer<typeof companySchema>;

/** What matching indexes of a company. No contact, no identifiers. */
export const companyFactsSchema = companySchema.pick({
  id: true,
  revision: true,
  country: true,
  territory: true,
  sectors: true,
  languages: true,
  text: true,
  offers: true,
  seeks: true,
  sizeClass: true,
  kind: true,
});
export type CompanyFacts = z.infer<typeof companyFactsSchema>;

/** What an answer shows of a company beside its id. */
export const cardSchema = z.object({
  id: idSchema,
  name: z.string(),
  country: z.string(),
  territory: z.string().nullable(),
});
export type Card = z.infer<typeof cardSchema>;

/** Where to write to, in which language. Asked by notifications alone, at the moment of sending. */
export const addressSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string().nullable(),
  lang: langSchema,
});
export type Address = z.infer<typeof addressSchema>;

const batchOfIds = z.strictObject({ ids: z.array(idSchema).max(BATCH_MAX) });

/** One row of an import: its place in the file, the key it has in its source (for a later run), and the profile. */
export const importRow = <T extends z.ZodType>(item: T) =>
  z.strictObject({ row: z.int().min(1), externalKey: text(200).optional(), item });
/** What became of a row. `unchanged` and `updated` rows were known already by external key or identifier. */
export const importResultSchema = z.object({
  results: z.array(
    z.object({
      row: z.int(),
      outcome: z.enum(['created', 'updated', 'unchanged', 'rejected']),
      id: idSchema.optional(),
      errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).default([]),
    }),
  ),
});

export const companiesRpc = {
  create: defineRpc('companies.create', companyCreateSchema, companySchema),
  get: defineRpc('companies.get', z.strictObject({ id: idSchema }), companySchema),
  update: defineRpc(
    'companies.update',
    z.strictObject({ id: idSchema, revision: revisionSchema, patch: companyPatchSchema }),
    companySchema,
  ),
  erase: defineRpc(
    'companies.erase',
    z.strictObject({ id: idSchema, revision: revisionSchema.optional() }),
    z.object({ id: idSchema }),
  ),
  list: defineRpc(
    'companies.list',
    z.strictObject({
      q: text(200).optional().describe('Part of the name'),
      country: countrySchema.optional(),
      territory: territorySchema.optional().describe('A NUTS code or the beginning of one'),
      sector: z
        .string()
        .regex(/^\d{2}(\.\d{1,2})?$/, 'must be a NACE division or class such as 28 or 28.41')
        .optional(),
      ...pageQuery,
    }),
    pageOf(companySchema),
  ),
  import: defineRpc(
    'companies.import',
    z.strictObject({ source: text(100), rows: z.array(importRow(companyCreateSchema)).max(BATCH_MAX) }),
    importResultSchema,
    { internal: true },
  ),
  cards: defineRpc('companies.cards', batchOfIds, batchOf(cardSchema), { internal: true }),
  facts: defineRpc('companies.facts', batchOfIds, batchOf(companyFactsSchema), { internal: true }),
  addresses: defineRpc('companies.addresses', batchOfIds, batchOf(addressSchema), { internal: true }),
  /** The addresses that the public register has, whatever the firms say of themselves. */
  registerAddresses: defineRpc('companies.register-addresses', batchOfIds, batchOf(addressSchema), { internal: true }),
};
