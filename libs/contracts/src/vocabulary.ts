import { z } from 'zod';

/** Size class of a company by Recommendation 2003/361/EC: micro < 10 people, small < 50, medium < 250, else large. */
export const SIZE_CLASSES = ['micro', 'small', 'medium', 'large'] as const;
export type SizeClass = (typeof SIZE_CLASSES)[number];

export const COMPANY_KINDS = ['sme', 'start-up', 'corporate'] as const;

/** Collaboration types of the Enterprise Europe Network: business offer/request, technology offer/request, research & development request. */
export const OPPORTUNITY_TYPES = ['BO', 'BR', 'TO', 'TR', 'RDR'] as const;
export type OpportunityType = (typeof OPPORTUNITY_TYPES)[number];
/** The request kinds: an opportunity of one of these types is a need. */
export const NEED_TYPES: readonly OpportunityType[] = ['BR', 'TR', 'RDR'];

export const OPPORTUNITY_STATES = ['draft', 'under-review', 'published', 'on-hold', 'expired', 'archived'] as const;
export type OpportunityState = (typeof OPPORTUNITY_STATES)[number];

export const STAGES = [
  'concept',
  'under-development',
  'lab-tested',
  'available-for-demonstration',
  'on-the-market',
] as const;
export const IP_STATUSES = ['none', 'secret-know-how', 'applied-for', 'granted'] as const;

/** Why somebody says no to a suggestion or an expression of interest. */
export const DECLINE_REASONS = [
  'not-my-field',
  'no-capacity',
  'conflict-of-interest',
  'too-early',
  'unclear-description',
  'wrong-territory-or-language',
  'commercial-terms',
  'other',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** States of an expression of interest. Accepting leads to taken-over, declining to not-pertinent; a coordinator sets the others. */
export const INTEREST_STATES = [
  'submitted',
  'under-assessment',
  'pertinent',
  'not-pertinent',
  'taken-over',
  'first-contact',
  'awaiting-information',
  'forwarded',
  'negotiating',
  'agreement-reached',
  'no-agreement',
  'withdrawn',
  'expired',
] as const;
export type InterestState = (typeof INTEREST_STATES)[number];

/** What an agreement is about. */
export const ACHIEVEMENTS = [
  'commercial',
  'investment',
  'outsourcing',
  'supplier',
  'commercial-with-technical-assistance',
  'rd-cooperation',
] as const;

export const EXPERT_ROLES = ['innovation-expert', 'researcher', 'mentor'] as const;
export const COMPETENCE_LEVELS = ['basic', 'advanced', 'expert'] as const;
export const EVIDENCE_KINDS = ['project', 'publication', 'patent', 'certificate', 'work', 'teaching'] as const;

/** What a caller of `POST /v1/matches` may look for. */
export const SEEKS = ['experts', 'partners', 'opportunities'] as const;
export type Seek = (typeof SEEKS)[number];
export const PREFERENCES = ['cross-border', 'same-country', 'none'] as const;

export const sizeClassSchema = z.enum(SIZE_CLASSES);
export const opportunityTypeSchema = z.enum(OPPORTUNITY_TYPES);
export const opportunityStateSchema = z.enum(OPPORTUNITY_STATES);
export const preferenceSchema = z.enum(PREFERENCES);
/** ISO 3166-1 alpha-2, upper case. */
export const countrySchema = z
  .string()
  .regex(/^[A-Z]{2}$/, 'must be a country code of two capital letters, such as IT or CH');
/** A NUTS 2024 or Swiss region code, such as ITC43 (Lecco) or CH070 (Ticino). */
export const territorySchema = z
  .string()
  .regex(/^[A-Z]{2}[0-9A-Z]{0,3}$/, 'must be a NUTS code such as ITC43 (Lecco) or CH070 (Ticino)');

export const SECTOR_SCHEMES = ['ATECO2025', 'NOGA2025', 'ATECO2007', 'NOGA2008', 'NACE2.1', 'NACE2'] as const;
/** A sector code of a national or European list. `nace` (the common four-digit class, see domain: the bridge) is filled in by the platform. */
export const sectorSchema = z.strictObject({
  scheme: z.enum(SECTOR_SCHEMES),
  code: z.string().regex(/^[A-V]?\d{2}(\.?\d{1,2}){0,2}$/, 'must be a sector code such as 28.41.00 or 284100'),
});
export type Sector = z.infer<typeof sectorSchema>;
