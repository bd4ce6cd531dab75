import { z } from 'zod';
import { loadSchema } from './cooperation.contract.js';
import { defineEvent } from './event.js';
import { idSchema, revisionSchema } from './text.js';
import { ACHIEVEMENTS, DECLINE_REASONS } from './vocabulary.js';

// Neither side is named: the owner of an anonymous opportunity must not be found out from a stream. Who must know asks `cooperation.facts`.
const about = {
  interestId: idSchema,
  opportunityId: idSchema,
  suggestionId: idSchema.optional(),
  revision: revisionSchema,
};

export const interestExpressed = defineEvent(
  'cooperation',
  'interest-expressed',
  1,
  z.object({ ...about, dueAt: z.iso.datetime() }),
  'One side of a suggestion or a reader of an opportunity wants to talk.',
);
export const interestAnswered = defineEvent(
  'cooperation',
  'interest-answered',
  1,
  z.object({
    ...about,
    answer: z.enum(['accepted', 'declined', 'withdrawn']),
    reasonCode: z.enum(DECLINE_REASONS).optional(),
  }),
  'The one asked said yes or no, or a side took back what it had said.',
);
export const interestDue = defineEvent(
  'cooperation',
  'interest-due',
  1,
  z.object({ ...about, stage: z.enum(['half-time', 'day-before']), dueAt: z.iso.datetime() }),
  'An interest still waits for its answer: half of the time is over, or a day is left.',
);
export const interestExpired = defineEvent(
  'cooperation',
  'interest-expired',
  1,
  z.object(about),
  'The time to answer is over and nobody did.',
);
export const loadChanged = defineEvent(
  'cooperation',
  'load-changed',
  1,
  z.object(loadSchema.shape),
  'An expert has more or fewer requests in hand, or answers faster or slower than was known.',
);
export const outcomeRecorded = defineEvent(
  'cooperation',
  'outcome-recorded',
  1,
  z.object({
    ...about,
    outcome: z.enum(['agreement-reached', 'no-agreement']),
    achievement: z.enum(ACHIEVEMENTS).optional(),
  }),
  'How the talks that began with an interest ended.',
);
export const helpAnswered = defineEvent(
  'cooperation',
  'help-answered',
  1,
  z.object({
    helpRequestId: idSchema,
    opportunityId: idSchema,
    suggestionId: idSchema.optional(),
    revision: revisionSchema,
  }),
  'A coordinator answered the question of a firm or an expert.',
);
