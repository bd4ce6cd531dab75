import { store } from './store.js';

export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'failed';
}

const SHOWN_MS = 7_000;

export const toasts = store<readonly Toast[]>([]);
let count = 0;

/** Says in passing that something is done. Read out by screen readers. */
export function say(text: string): void {
  const id = show(text, 'done');
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Says that something failed; stays until the reader puts it away. */
export function warn(text: string): void {
  show(text, 'failed');
}

export function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

function show(text: string, kind: Toast['kind']): number {
  const id = ++count;
  // The same thing said twice is said once.
  toasts.set([...toasts.get().filter((toast) => toast.text !== text), { id, text, kind }].slice(-3));
  return id;
}
