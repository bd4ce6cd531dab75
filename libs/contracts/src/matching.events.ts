import { z } from 'zod';
import { defineEvent } from './event.js';
import { SUBJECT_TYPES } from './ranked.contract.js';
import { idSchema, revisionSchema } from './text.js';

const about = {
  suggestionId: idSchema,
  opportunityId: idSchema,
  // Absent where the opportunity is anonymous.
  companyId: idSchema.optional(),
  subjectType: z.enum(SUBJECT_TYPES),
  subjectId: idSchema,
  revision: revisionSchema,
};

export const suggestionMade = defineEvent(
  'matching',
  'suggestion-made',
  1,
  z.object({ ...about, rank: z.int(), score: z.number(), weightsVersion: z.string() }),
  'The matching paired an opportunity with an expert or a partner firm.',
);
export const suggestionWithdrawn = defineEvent(
  'matching',
  'suggestion-withdrawn',
  1,
  z.object({ ...about, reason: z.enum(['opportunity-closed', 'subject-gone']) }),
  'A suggestion no longer stands: its opportunity was closed, or its subject is gone or no longer listed.',
);
export const suggestionDismissed = defineEvent(
  'matching',
  'suggestion-dismissed',
  1,
  z.object({ ...about, by: z.enum(['owner', 'subject', 'coordinator']) }),
  'Somebody set a suggestion aside.',
);
export const alertMatched = defineEvent(
  'matching',
  'alert-matched',
  1,
  z.object({
    alertId: idSchema,
    ownerKind: z.enum(['firm', 'expert']),
    ownerId: idSchema,
    revision: revisionSchema,
    subjectType: z.enum(SUBJECT_TYPES),
    subjectIds: z.array(idSchema).describe('The best of them first, at most 100'),
    hits: z.int().min(1).describe('How many there are in all'),
  }),
  'A saved search found what it had not found before. Each subject is told of once; when its owner hears of it is for the notices to say.',
);
