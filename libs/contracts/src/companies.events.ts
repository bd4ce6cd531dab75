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
export const opportunityPublished = defineEvent(
  'companies',
  'opportunity-published',
  1,
  z.object({ opportunityId: idSchema, companyId: idSchema, revision: revisionSchema, type: opportunityTypeSchema }),
  'An opportunity is public: just published, renewed, or changed while published.',
);
export const opportunityClosed = defineEvent(
  'companies',
  'opportunity-closed',
  1,
  z.object({
    opportunityId: idSchema,
    companyId: idSchema,
    revision: revisionSchema,
    reason: z.enum(['on-hold', 'expired', 'archived', 'erased']),
  }),
  'An opportunity is no longer public.',
);
