import type { components } from '../api/openapi.js';

export type State = components['schemas']['Interest']['state'];

const OUTCOMES = ['agreement-reached', 'no-agreement'] as const satisfies readonly State[];

/** How far talks can be led, by where they are: what the platform takes from who accompanies them. */
const NEXT: Partial<Record<State, readonly State[]>> = {
  submitted: ['under-assessment', 'pertinent'],
  'under-assessment': ['pertinent'],
  pertinent: ['under-assessment'],
  'taken-over': ['first-contact', 'awaiting-information', 'forwarded', 'negotiating', ...OUTCOMES],
  'first-contact': ['awaiting-information', 'forwarded', 'negotiating', ...OUTCOMES],
  'awaiting-information': ['first-contact', 'forwarded', 'negotiating', ...OUTCOMES],
  forwarded: ['first-contact', 'awaiting-information', 'negotiating', ...OUTCOMES],
  negotiating: ['first-contact', 'awaiting-information', 'forwarded', ...OUTCOMES],
};

export const nextStates = (state: State): readonly State[] => NEXT[state] ?? [];

/** An outcome is said once: it asks for a second look. */
export const isOutcome = (state: State): state is (typeof OUTCOMES)[number] =>
  OUTCOMES.some((outcome) => outcome === state);

/** The lists of the queue, with what is asked of the platform for each. */
export const VIEWS = {
  overdue: [{ overdue: 'true' }],
  waiting: [
    { state: 'submitted', overdue: 'false' },
    { state: 'under-assessment', overdue: 'false' },
    { state: 'pertinent', overdue: 'false' },
  ],
  talks: [
    { state: 'taken-over' },
    { state: 'first-contact' },
    { state: 'awaiting-information' },
    { state: 'forwarded' },
    { state: 'negotiating' },
  ],
} as const satisfies Record<string, readonly { state?: State; overdue?: 'true' | 'false' }[]>;
export type View = keyof typeof VIEWS;
