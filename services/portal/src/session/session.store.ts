import { kept } from './kept.js';
import { store } from './store.js';

const role = store<string | undefined>(kept.get('role'));

/** As which of their roles the reader asks; undefined: the one held longest. */
export const currentRole = (): string | undefined => role.get();

/** Asks from now on as `name`. Who calls it also throws away what was read as somebody else. */
export function takeRole(name: string | undefined): void {
  kept.set('role', name);
  role.set(name);
}

/** Requests that found no session any more. As long as there are some, the dialog is open. */
export const held = store<readonly ((again: boolean) => void)[]>([]);

/** Resolves with true once the reader has signed in again, with false when they would rather not. */
export function signedInAgain(): Promise<boolean> {
  return new Promise((resolve) => held.set([...held.get(), resolve]));
}

/** Lets the held requests go on, or ends them. */
export function release(again: boolean): void {
  const requests = held.get();
  held.set([]);
  for (const resolve of requests) resolve(again);
}
