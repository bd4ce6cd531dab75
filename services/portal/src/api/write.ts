import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { warn } from '../parts/toasts.store.js';
import { ProblemError } from './problem.js';

/** One thing on the screen that changes at once, before the platform has answered. */
export interface Change<T = never> {
  key: QueryKey;
  to: (before: T) => T;
}

/** Names a change whose `before` has a type: `change<Interest>(['interest', id], (before) => …)`. Without data to change nothing happens. */
export const change = <T>(key: QueryKey, to: (before: T) => T): Change => ({ key, to }) as unknown as Change;

interface Write<Input, Output> {
  /** Sends it; `key` is the same for each attempt at the same thing: `once(key)`. */
  write: (input: Input, key: string) => Promise<Output>;
  /** What the screen shows already while it is sent. Undone, with a word, when it fails. */
  atOnce?: (input: Input) => readonly Change[];
  /** What is to be read anew afterwards, by the beginning of its key. */
  stale?: readonly QueryKey[];
  done?: (output: Output, input: Input) => void;
}

interface Job<Input> {
  input: Input;
  key: string;
}

interface Written<Input> {
  send: (input: Input) => void;
  sending: boolean;
  /** Why it failed; show it with `ProblemNote`, and beside fields with `errorFor`. */
  problem: ProblemError | undefined;
  reset: () => void;
}

/** Sends what changes something: with a key that makes repeating it safe, shown at once where wished, and taken back when it fails. */
export function useWrite<Input, Output>({ write, atOnce, stale = [], done }: Write<Input, Output>): Written<Input> {
  const client = useQueryClient();
  const { t } = useTranslation('parts');
  const mutation = useMutation<Output, Error, Job<Input>, { before: [QueryKey, unknown][] }>({
    mutationFn: ({ input, key }) => write(input, key),
    onMutate: async ({ input }) => {
      const before: [QueryKey, unknown][] = [];
      for (const { key, to } of atOnce?.(input) ?? []) {
        // An answer to an older question must not overwrite what is shown.
        await client.cancelQueries({ queryKey: key });
        before.push([key, client.getQueryData(key)]);
        client.setQueryData(key, (data: unknown) => (data === undefined ? undefined : to(data as never)));
      }
      return { before };
    },
    onError: (_, __, shown) => {
      if (!shown?.before.length) return;
      for (const [key, data] of shown.before) client.setQueryData(key, data);
      warn(t('undone'));
    },
    onSuccess: (output, { input }) => done?.(output, input),
    onSettled: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  const { error } = mutation;
  return {
    send: (input) => mutation.mutate({ input, key: newKey() }),
    sending: mutation.isPending,
    problem: error ? asProblem(error) : undefined,
    reset: mutation.reset,
  };
}

/** Any error as a problem: what is none is a mistake of ours. */
export const asProblem = (error: Error): ProblemError =>
  error instanceof ProblemError ? error : new ProblemError('unreadable', '', String(error));

// On an address that is not secure browsers offer no randomUUID.
const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
