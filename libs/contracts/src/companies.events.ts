import { z } from 'zod';
import { defineEvent } from './event.js';
import { idSchema, revisionSchema } from './text.js';
import { opportunityTypeSchema } from './vocabulary.js';

export const companySaved = defineEvent(
  'companies',
  'company-saved',
  1,
  z.object({ companyId: idSchema, revision: revisionSchema }),
  'A company profile was created or changed. Fetch its facts for the current state.',
);
export const companyErased = defineEvent(
  'companies',
  'company-erased',
  1,
  z.object({ companyId: idSchema, revision: revisionSchema }),
  'A company is gone, with everything that belonged to it. Final: no later event revives it.',
);

const about = {
  opportunityId: idSchema,
  // Absent where the opportunity is anonymous: who must know its owner asks `companies.opportunity-facts`.
  companyId: idSchema.optional(),
  revision: revisionSchema,
};

export const opportunityPublished = defineEvent(
  'companies',
  'opportunity-published',
  1,
  z.object({ ...about, type: opportunityTypeSchema }),
  'An opportunity is public: just published, renewed, or changed while published.',
);
export const opportunityClosed = defineEvent(
  'companies',
  'opportunity-closed',
  1,
  z.object({
    ...about,
    reason: z.enum(['on-hold', 'expired', 'archived', 'erased']),
  }),
  'An opportunity is no longer public.',
);
export const opportunityExpiring = defineEvent(
  'companies',
  'opportunity-expiring',
  1,
  z.object({ ...about, expiresAt: z.iso.datetime(), days: z.int().describe('30 or 7: within so many days it ends') }),
  'A public opportunity ends soon unless its owner renews it. Told twice at most: 30 and 7 days before.',
);
