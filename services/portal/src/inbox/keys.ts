import { useEffect, useRef } from 'react';
import { kept } from '../session/kept.js';
import { store } from '../session/store.js';

const OFF = 'inbox.keys';

/** Whether single letters do something. Who speaks to the computer, or hits keys by accident, switches them off. */
export const keysOn = store(kept.get(OFF) !== 'off');

export function switchKeys(on: boolean): void {
  kept.set(OFF, on ? undefined : 'off');
  keysOn.set(on);
}

export type KeyAct = 'next' | 'previous' | 'done' | 'snooze' | 'unread' | 'open' | 'undo';

const LETTERS: Record<string, KeyAct> = {
  j: 'next',
  k: 'previous',
  e: 'done',
  s: 'snooze',
  u: 'unread',
  o: 'open',
  z: 'undo',
};
// The arrows scroll the page, unless one is within the list.
const IN_LIST: Record<string, KeyAct> = { ArrowDown: 'next', ArrowUp: 'previous' };

/** What a key asks for, where it asks for anything: not while something is typed or chosen, nor with a second key. */
export function actOf(event: KeyboardEvent, on: boolean): KeyAct | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest('input, textarea, select, [contenteditable], [role=menu], [role=dialog]')) return undefined;
  if (target?.closest('article')) {
    const act = IN_LIST[event.key];
    if (act) return act;
  }
  return on ? LETTERS[event.key] : undefined;
}

/** Listens for the keys of the list as long as the screen is there. */
export function useKeys(on: boolean, act: (act: KeyAct) => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const wished = actOf(event, on);
      if (!wished) return;
      event.preventDefault();
      latest.current(wished);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [on]);
}
