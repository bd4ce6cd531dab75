/** What a firm's first look of the day is made of. */
export interface Standing {
  /** Questions to it that wait for its answer, the most pressing first. */
  toAnswer: readonly { id: string; dueAt: string }[];
  completeness: { percent: number; nextStep: { text: string } | null };
  published: number;
  /** The best of the open ones, and how many there are. */
  suggestions: { count: number; best: string | undefined };
  /** Its own questions that wait for an answer. */
  waiting: number;
}

export type NextAction =
  | { kind: 'answer'; id: string; dueAt: string }
  | { kind: 'profile'; percent: number; text: string }
  | { kind: 'need' }
  | { kind: 'suggestions'; count: number; id: string }
  | { kind: 'wait'; count: number };

/** Below this a profile finds little. */
const THIN = 50;

/** The one thing that a firm does best next: somebody who waits comes first, then what makes the rest possible. */
export function nextAction({ toAnswer, completeness, published, suggestions, waiting }: Standing): NextAction {
  const [first] = toAnswer;
  if (first) return { kind: 'answer', id: first.id, dueAt: first.dueAt };
  const { percent, nextStep } = completeness;
  if (percent < THIN && nextStep) return { kind: 'profile', percent, text: nextStep.text };
  if (published === 0) return { kind: 'need' };
  const { count, best: id } = suggestions;
  if (id && waiting === 0) return { kind: 'suggestions', count, id };
  if (nextStep) return { kind: 'profile', percent, text: nextStep.text };
  return waiting > 0 ? { kind: 'wait', count: waiting } : { kind: 'need' };
}
