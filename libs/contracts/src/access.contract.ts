import { z } from 'zod';
import { ACCOUNT_SCOPES, actorSchema } from './actor.js';
import { identifierSchema } from './companies.contract.js';
import { partySchema } from './cooperation.contract.js';
import { defineRpc, pageOf, pageQuery } from './rpc.js';
import { idSchema, revisionSchema, text } from './text.js';
import { territorySchema } from './vocabulary.js';

const moment = z.iso.datetime();

/** What somebody is on the platform. A person may have several. */
export const roleGrantSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('firm'), id: idSchema, role: z.enum(['editor', 'owner']) }),
  z.strictObject({ kind: z.literal('expert'), id: idSchema }),
  z.strictObject({
    kind: z.literal('facilitator'),
    cluster: z.string().regex(/^[\w-]{1,80}$/),
    territories: z.array(territorySchema).min(1).max(100),
  }),
  z.strictObject({
    kind: z.literal('coordinator'),
    territories: z
      .array(z.union([z.literal('*'), territorySchema]))
      .min(1)
      .max(100),
  }),
  z.strictObject({ kind: z.literal('admin') }),
]);
export type RoleGrant = z.infer<typeof roleGrantSchema>;

/** One role of one person. Who the person is, their sign-in knows; here they are an id. */
export const membershipSchema = z.object({
  id: idSchema,
  personId: idSchema,
  role: roleGrantSchema,
  grantedBy: z.string(),
  createdAt: moment,
});
export type Membership = z.infer<typeof membershipSchema>;

export const claimSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  companyId: idSchema,
  state: z.enum(['pending', 'confirmed', 'refused']),
  createdAt: moment,
  decidedAt: moment.nullable(),
  codeUntil: moment
    .nullable()
    .describe('Until when the code counts that was mailed to the address of the register, if the register has one'),
});
export type Claim = z.infer<typeof claimSchema>;
export const claimCreateSchema = z.strictObject({
  identifier: identifierSchema,
  mail: z
    .boolean()
    .optional()
    .describe('Also mail a code to the address that the register has of the company. Whether it has one is not told'),
});
export const claimCodeSchema = z.strictObject({
  code: text(40).describe('As in the mail; spaces and case do not matter'),
});

export const invitationSchema = z.object({
  id: idSchema,
  companyId: idSchema,
  role: z.enum(['editor', 'owner']),
  expiresAt: moment,
  usedAt: moment.nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;
/** With the token of the one-time link: it is shown this once and kept nowhere. */
export const invitationWithTokenSchema = invitationSchema.extend({ token: z.string() });

export const keySchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  label: z.string(),
  firmId: idSchema.nullable().describe('The firm whose key it is; null for a key of the platform'),
  scopes: z.array(z.enum(ACCOUNT_SCOPES)),
  hint: z.string().describe('The first characters of the key, to tell one from another'),
  createdAt: moment,
  expiresAt: moment.nullable(),
  previousUntil: moment.nullable().describe('Until when the key before the last rotation works as well'),
  lastUsedOn: z.string().nullable().describe('The last day on which it was used'),
  revokedAt: moment.nullable(),
});
export type ApiKey = z.infer<typeof keySchema>;
export const keyCreateSchema = z.strictObject({
  label: text(100),
  scopes: z.array(z.enum(ACCOUNT_SCOPES)).min(1).max(ACCOUNT_SCOPES.length),
  firmId: idSchema.optional().describe('The firm it is for; only administrators leave it out'),
  days: z.int().min(1).max(730).optional().describe('Works so many days; without it until it is revoked'),
});
export type KeyCreate = z.infer<typeof keyCreateSchema>;
/** With the key itself: it is shown this once and kept only as a hash. */
export const keyWithSecretSchema = keySchema.extend({ key: z.string() });

/** What a firm or an expert may agree to beside what the platform does anyway. */
export const CONSENT_PURPOSES = ['outreach', 'publication'] as const;
export const consentPurposeSchema = z
  .enum(CONSENT_PURPOSES)
  .describe('outreach: be asked for surveys and events · publication: be named in success cases');
export const consentSchema = z.object({
  purpose: consentPurposeSchema,
  granted: z.boolean(),
  history: z.array(z.object({ granted: z.boolean(), at: moment, by: z.string() })).describe('Newest first'),
});
export type Consent = z.infer<typeof consentSchema>;
export const consentsSchema = z.object({ items: z.array(consentSchema) });
/** Who agrees to a purpose, and since when: for those who write the surveys and the success cases. */
export const consentGivenSchema = z.object({ subject: partySchema, since: moment });
export type ConsentGiven = z.infer<typeof consentGivenSchema>;
export const consentChangeSchema = z.strictObject({ purpose: consentPurposeSchema, granted: z.boolean() });

export const erasureSchema = z.object({
  id: idSchema,
  revision: revisionSchema,
  subject: partySchema,
  state: z.enum(['running', 'done']),
  requestedAt: moment,
  doneAt: moment.nullable(),
  steps: z
    .array(z.object({ owner: z.string(), doneAt: moment.nullable() }))
    .describe('Each service that keeps something'),
});
export type Erasure = z.infer<typeof erasureSchema>;
export const erasureCreateSchema = z.strictObject({ subject: partySchema });

/** The rows that a service keeps of a firm or an expert, by table, as they stand. */
export const exportedTablesSchema = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));
export type ExportedTables = z.infer<typeof exportedTablesSchema>;
export const exportSchema = z.object({
  subject: partySchema,
  exportedAt: moment,
  services: z.record(z.string(), exportedTablesSchema),
});
export type Export = z.infer<typeof exportSchema>;

export const auditEntrySchema = z.object({
  seq: z.int(),
  at: moment,
  actor: z.string(),
  subject: z.string().nullable(),
  operation: z.string(),
  targets: z.array(z.string()),
  requestId: z.string(),
  hash: z.string().describe('SHA-256 of this entry and of the hash before it'),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const named = z.strictObject({ id: idSchema });
const removed = z.object({ id: idSchema });

/** What the services that keep something of people answer to access: everything they have of one of them. Internal. */
export const exportRpc = {
  companies: defineRpc('companies.export', partySchema, exportedTablesSchema, { internal: true }),
  experts: defineRpc('experts.export', partySchema, exportedTablesSchema, { internal: true }),
  matching: defineRpc('matching.export', partySchema, exportedTablesSchema, { internal: true }),
  cooperation: defineRpc('cooperation.export', partySchema, exportedTablesSchema, { internal: true }),
  notifications: defineRpc('notifications.export', partySchema, exportedTablesSchema, { internal: true }),
};

/** The firms that an identifier names: one, or the members of a VAT group. Internal. */
export const identifiedRpc = defineRpc('companies.identified', identifierSchema, z.object({ ids: z.array(idSchema) }), {
  internal: true,
});

export const accessRpc = {
  /** Who a signed-in person is here: an opaque id, the same for ever, and their roles, those held longest first. */
  identify: defineRpc(
    'access.identify',
    z.strictObject({ issuer: z.string().min(1).max(500), subject: z.string().min(1).max(255) }),
    // `notBefore`: what was signed in before that is signed out.
    z.object({ person: idSchema, roles: z.array(actorSchema), notBefore: moment.nullable() }),
    { internal: true },
  ),
  /** The account behind an API key, named by the SHA-256 of the whole key (`ck_…`), base64url; `unauthenticated` for any that is not good. */
  verifyKey: defineRpc(
    'access.verify-key',
    z.strictObject({ hash: z.string().regex(/^[\w-]{43}$/) }),
    z.object({ actor: actorSchema, expiresAt: moment.nullable() }),
    { internal: true },
  ),
  signOut: defineRpc('access.sign-out', z.strictObject({}), z.object({ notBefore: moment })),
  memberships: defineRpc('access.memberships', z.strictObject({}), z.object({ items: z.array(membershipSchema) })),
  members: defineRpc('access.members', named, z.object({ items: z.array(membershipSchema) })),
  grant: defineRpc('access.grant', z.strictObject({ personId: idSchema, role: roleGrantSchema }), membershipSchema),
  endMembership: defineRpc('access.end-membership', named, removed),
  claim: defineRpc('access.claim', claimCreateSchema, claimSchema),
  claims: defineRpc(
    'access.claims',
    z.strictObject({ state: claimSchema.shape.state.optional(), ...pageQuery }),
    pageOf(claimSchema),
  ),
  decideClaim: defineRpc('access.decide-claim', z.strictObject({ id: idSchema, confirm: z.boolean() }), claimSchema),
  confirmClaimByCode: defineRpc('access.confirm-claim-by-code', claimCodeSchema.extend({ id: idSchema }), claimSchema),
  /** What the mail about a claim says, with a new code: of the ones before none counts any more. Null when no mail is wanted (any more). */
  claimLetter: defineRpc(
    'access.claim-letter',
    named,
    z.object({ letter: z.object({ companyId: idSchema, code: z.string(), until: moment }).nullable() }),
    { internal: true },
  ),
  invite: defineRpc(
    'access.invite',
    z.strictObject({ companyId: idSchema, role: z.enum(['editor', 'owner']) }),
    invitationWithTokenSchema,
  ),
  invitations: defineRpc('access.invitations', named, z.object({ items: z.array(invitationSchema) })),
  revokeInvitation: defineRpc('access.revoke-invitation', named, removed),
  acceptInvitation: defineRpc(
    'access.accept-invitation',
    z.strictObject({ token: z.string().max(100) }),
    membershipSchema,
  ),
  createKey: defineRpc('access.create-key', keyCreateSchema, keyWithSecretSchema),
  keys: defineRpc('access.keys', z.strictObject({}), z.object({ items: z.array(keySchema) })),
  rotateKey: defineRpc('access.rotate-key', named, keyWithSecretSchema),
  revokeKey: defineRpc('access.revoke-key', named, removed),
  consents: defineRpc('access.consents', z.strictObject({}), consentsSchema),
  setConsent: defineRpc('access.set-consent', consentChangeSchema, consentSchema),
  consenting: defineRpc(
    'access.consenting',
    z.strictObject({ purpose: consentPurposeSchema, ...pageQuery }),
    pageOf(consentGivenSchema),
  ),
  erase: defineRpc('access.erase', erasureCreateSchema, erasureSchema),
  erasure: defineRpc('access.erasure', named, erasureSchema),
  export: defineRpc('access.export', partySchema, exportSchema),
  audit: defineRpc(
    'access.audit',
    z.strictObject({ target: z.string().max(100).optional(), actor: z.string().max(400).optional(), ...pageQuery }),
    z.object({ items: z.array(auditEntrySchema), nextCursor: z.string().nullable() }),
  ),
};
