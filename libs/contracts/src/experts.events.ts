import { z } from 'zod';
import { defineEvent } from './event.js';
import { idSchema, revisionSchema } from './text.js';

export const expertSaved = defineEvent(
  'experts',
  'expert-saved',
  1,
  z.object({ expertId: idSchema, revision: revisionSchema, listed: z.boolean() }),
  'An expert profile was created or changed. Only listed experts (by their consent) may be indexed and suggested.',
);
export const expertErased = defineEvent(
  'experts',
  'expert-erased',
  1,
  z.object({ expertId: idSchema, revision: revisionSchema }),
  'An expert is gone. Final: no later event revives them.',
);
