import type { Retention } from '#libs/messaging';
import { OPEN } from './interest/transitions.js';

/** What people wrote into interests and questions goes two years after these ended, as long as an archived opportunity is kept. How they ended stays, for the figures of the network. */
export const RETENTION: readonly Retention[] = [
  {
    table: 'interest',
    only: `(note IS NOT NULL OR answer_note IS NOT NULL) AND state NOT IN (${OPEN.map((state) => `'${state}'`).join()})`,
    age: 'greatest(created_at, answered_at, closed_at)',
    days: 730,
    forget: 'note = NULL, answer_note = NULL',
  },
  {
    table: 'help_request',
    only: `(text IS NOT NULL OR answer IS NOT NULL) AND state <> 'open'`,
    age: 'greatest(created_at, answered_at)',
    days: 730,
    forget: 'text = NULL, answer = NULL',
  },
];
