import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { useWrite } from '../api/write.js';
import { say } from '../parts/toasts.store.js';
import { afterSaving, changed, fieldOf, merge, type Said, same } from './draft.js';
import { draftsOf } from './drafts.js';
import type { Faults } from './faults.js';

/** So long nothing is typed before it is sent. */
const PAUSE_MS = 900;
/** After a failure it is sent again by itself. */
const AGAIN_MS = 10_000;

interface Kept {
  id: string;
  revision: number;
}

interface Plan<T extends Kept, F extends object> {
  kind: 'company' | 'expert';
  thing: T;
  formOf: (thing: T) => F;
  said: Said<F>;
  faults: (form: F) => Faults;
  send: (thing: T, fields: object, key: string) => Promise<T>;
  read: (id: string) => Promise<T>;
}

interface Sent<T, F> {
  thing: T;
  form: F;
  fields: object;
}

type Outcome<T> = { is: 'saved' | 'stale'; thing: T } | { is: 'refused'; problem: ProblemError };

export type SaveState = 'saved' | 'coming' | 'saving' | 'held' | 'failed' | 'conflict';

export interface Conflict<F> {
  fields: (keyof F & string)[];
  theirs: F;
}

/**
 * Keeps a form and what the platform has of it the same: sends what was changed once nobody types for a moment, holds back what is not finished, puts
 * together what two people change at once, and asks where they changed the same. What is not sent yet outlives leaving the screen and reloading it.
 */
export function useAutosave<T extends Kept, F extends object>(plan: Plan<T, F>) {
  const { t } = useTranslation('profile');
  const client = useQueryClient();
  const drafts = draftsOf<F>(`${plan.kind}.${plan.thing.id}`);
  const [base, setBase] = useState(plan.thing);
  const [begin] = useState(() => {
    const theirs = plan.formOf(plan.thing);
    const kept = drafts.get();
    const { fields, conflicts } = kept ? merge({ ...kept, theirs }, plan.said) : { fields: theirs, conflicts: [] };
    return { form: fields, conflict: conflicts.length > 0 ? { fields: conflicts, theirs } : undefined };
  });
  const [form, setForm] = useState(begin.form);
  const [conflict, setConflict] = useState<Conflict<F> | undefined>(begin.conflict);
  const [refused, setRefused] = useState<{ problem: ProblemError; fields: object }>();

  const says = plan.said(form);
  const dirty = changed(plan.said(plan.formOf(base)), says) as (keyof F & string)[];
  const faults = plan.faults(form);
  const held = new Set([...faults.keys()].map(fieldOf));
  const refusedStill = (field: string) => {
    if (!refused || !(field in refused.fields)) return false;
    const named = refused.problem.errors.map(({ pointer }) => fieldOf(pointer));
    // A refusal that names no field is one of everything that was sent.
    if (named.length > 0 && !named.includes(field)) return false;
    return same(partOf(refused.fields, field), partOf(says, field));
  };
  const ready = dirty.filter((field) => !held.has(field) && !refusedStill(field));

  /** Takes over what somebody else has made of it, under what was typed here. */
  const adopt = (theirs: T) => {
    const others = plan.formOf(theirs);
    const merged = merge({ base: plan.formOf(base), mine: form, theirs: others }, plan.said);
    setBase(theirs);
    setForm(merged.fields);
    client.setQueryData([plan.kind, theirs.id], theirs);
    if (merged.conflicts.length > 0) setConflict({ fields: merged.conflicts, theirs: others });
    else if (dirty.length > 0) say(t('save.merged'));
  };

  const write = useWrite<Sent<T, F>, Outcome<T>>({
    write: async ({ thing, fields }, key) => {
      try {
        return { is: 'saved', thing: await plan.send(thing, fields, key) };
      } catch (error) {
        if (!(error instanceof ProblemError) || error.passing || error.status === 401) throw error;
        if (error.code === 'revision-mismatch') return { is: 'stale', thing: await plan.read(thing.id) };
        return { is: 'refused', problem: error };
      }
    },
    done: (outcome, sent) => {
      if (outcome.is === 'refused') return setRefused({ problem: outcome.problem, fields: sent.fields });
      setRefused(undefined);
      if (outcome.is === 'stale') return adopt(outcome.thing);
      const saved = plan.formOf(outcome.thing);
      const names = Object.keys(sent.fields);
      setBase(outcome.thing);
      setForm((now) =>
        afterSaving({ before: sent.form, now, sent: names, base: plan.formOf(sent.thing), saved }, plan.said),
      );
      client.setQueryData([plan.kind, outcome.thing.id], outcome.thing);
      void client.invalidateQueries({ queryKey: [plan.kind, outcome.thing.id, 'room'] });
      if (names.includes('name')) void client.invalidateQueries({ queryKey: ['role-name'] });
    },
  });

  // Read anew meanwhile, by another screen or on coming back to the window.
  useEffect(() => {
    if (plan.thing.revision > base.revision && !write.sending && !conflict) adopt(plan.thing);
  });

  const flush = () => {
    if (ready.length === 0 || write.sending || conflict) return;
    const fields = Object.fromEntries(ready.map((field) => [field, partOf(says, field)]));
    write.send({ thing: base, form, fields });
  };
  const current = useRef(flush);
  current.current = flush;

  const failed = write.problem !== undefined;
  // Each change begins the pause anew.
  useEffect(() => {
    if (ready.length === 0 || write.sending || conflict) return;
    const timer = setTimeout(() => current.current(), failed ? AGAIN_MS : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [form, base, write.sending, conflict, refused, failed]);

  useEffect(() => {
    if (dirty.length === 0) return drafts.forget();
    drafts.keep({ base: plan.formOf(base), mine: form });
  }, [form, base]);

  // Who leaves the screen in the middle of a word has said it all the same.
  useEffect(() => () => current.current(), []);
  const unsent = dirty.length > 0;
  useEffect(() => {
    if (!unsent) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsent]);

  return {
    form,
    /** What the platform has. */
    base,
    set: (fields: Partial<F>) => setForm((now) => ({ ...now, ...fields })),
    faults,
    /** What the platform refused, and why; `errorFor` finds the field. */
    refused: refused && dirty.some(refusedStill) ? refused.problem : undefined,
    failed: write.problem,
    sendNow: flush,
    conflict,
    /** Takes theirs in these fields; mine stays in the others. */
    resolve: (taken: readonly (keyof F & string)[]) => {
      if (!conflict) return;
      const theirs = Object.fromEntries(taken.map((field) => [field, conflict.theirs[field]])) as Partial<F>;
      setForm((now) => ({ ...now, ...theirs }));
      setConflict(undefined);
    },
    state: stateOf({
      conflict: Boolean(conflict),
      sending: write.sending,
      failed,
      dirty: dirty.length,
      ready: ready.length,
    }),
  };
}

interface Circumstances {
  conflict: boolean;
  sending: boolean;
  failed: boolean;
  dirty: number;
  ready: number;
}

function stateOf({ conflict, sending, failed, dirty, ready }: Circumstances): SaveState {
  if (conflict) return 'conflict';
  if (sending) return 'saving';
  if (dirty === 0) return 'saved';
  if (failed && ready > 0) return 'failed';
  return ready > 0 ? 'coming' : 'held';
}

const partOf = (fields: object, field: string): unknown => (fields as Record<string, unknown>)[field];
