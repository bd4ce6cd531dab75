import { store } from '../session/store.js';

export interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'failed';
  /** What one can do about it: take it back. */
  action?: ToastAction;
}

interface ToastAction {
  label: string;
  act: () => void;
}

const SHOWN_MS = 7_000;
/** Who wants to take something back must be able to get there. */
const ACTION_SHOWN_MS = 20_000;

export const toasts = store<readonly Toast[]>([]);
let count = 0;

/** Says in passing that something is done. Read out by screen readers. */
export function say(text: string, action?: ToastAction): void {
  const id = show(text, 'done', action);
  setTimeout(() => dismiss(id), action ? ACTION_SHOWN_MS : SHOWN_MS);
}

/** Says that something failed; stays until the reader puts it away. */
export function warn(text: string): void {
  show(text, 'failed');
}

export function dismiss(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

function show(text: string, kind: Toast['kind'], action?: ToastAction): number {
  const id = ++count;
  // The same thing said twice is said once.
  toasts.set(
    [...toasts.get().filter((toast) => toast.text !== text), { id, text, kind, ...(action && { action }) }].slice(-3),
  );
  return id;
}
