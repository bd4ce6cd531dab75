import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { store } from '../session/store.js';
import { ProblemError } from './problem.js';

const TRIES = 4;
const DELAY_MAX_MS = 15_000;

/** Until when the page waits before it asks a platform again that was busy or away, and what was the matter. */
export const waiting = store<{ until: number; status: number } | undefined>(undefined);

function retry(failures: number, error: unknown): boolean {
  return error instanceof ProblemError && error.passing && failures < TRIES;
}

function retryDelay(failures: number, error: unknown): number {
  const problem = error instanceof ProblemError ? error : undefined;
  const asked = problem?.retryAfter !== undefined ? problem.retryAfter * 1000 : undefined;
  const delay = asked ?? Math.min(1000 * 2 ** failures, DELAY_MAX_MS);
  waiting.set({ until: Date.now() + delay, status: problem?.status ?? 0 });
  return delay;
}

const answered = () => waiting.set(undefined);

/** What was asked, and what came of it. */
export const queries = new QueryClient({
  queryCache: new QueryCache({ onSettled: answered }),
  mutationCache: new MutationCache({ onSettled: answered }),
  defaultOptions: {
    queries: { retry, retryDelay, staleTime: 15_000, refetchOnWindowFocus: true },
    mutations: { retry, retryDelay },
  },
});
