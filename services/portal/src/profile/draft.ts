/** What a form would send, by field. `same` alone compares two values of it. */
export type Fields = object;
type Key<F> = keyof F & string;

/** Whether two values of a field mean the same to the API: blanks around a text and things that are not there make no difference. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(bare(one)) === JSON.stringify(bare(other));
}

/** Fields in which `mine` says something else than `base`. */
export function changed<F extends Fields>(base: F, mine: F): Key<F>[] {
  return keysOf(mine).filter((key) => !same(base[key], mine[key]));
}

interface Sides<F> {
  /** What both sides began with. */
  base: F;
  mine: F;
  theirs: F;
}

/** What a form says, by field: empty lines and the like are in the form, and not in what it says. */
export type Said<F> = (form: F) => { [K in keyof F]?: unknown };

interface Merged<F> {
  fields: F;
  /** Changed on both sides, and differently: a person must choose. `fields` has mine. */
  conflicts: Key<F>[];
}

/** Puts together what was typed on `base` with what somebody else has made of `base` meanwhile. */
export function merge<F extends Fields>({ base, mine, theirs }: Sides<F>, said: Said<F>): Merged<F> {
  const [was, ours, others] = [said(base), said(mine), said(theirs)];
  const fields = { ...theirs };
  const conflicts: Key<F>[] = [];
  for (const key of keysOf(mine)) {
    if (same(ours[key], was[key]) || same(ours[key], others[key])) continue;
    fields[key] = mine[key];
    if (!same(was[key], others[key])) conflicts.push(key);
  }
  return { fields, conflicts };
}

interface Saved<F> {
  /** What the form held when it was sent, and what it holds now. */
  before: F;
  now: F;
  /** The fields that were sent. */
  sent: readonly string[];
  /** What stood there before it was sent, and what has become of it. */
  base: F;
  saved: F;
}

/** The form after an answer: in the platform's spelling where nobody has typed on, as it was typed where somebody has. */
export function afterSaving<F extends Fields>({ before, now, sent, base, saved }: Saved<F>, said: Said<F>): F {
  const [then, today, was, kept] = [said(before), said(now), said(base), said(saved)];
  const fields = { ...now };
  for (const key of keysOf(now)) {
    const untouched = same(today[key], sent.includes(key) ? then[key] : was[key]);
    // A space at the end is not taken from under who is about to type the next word.
    if (untouched && !same(today[key], kept[key])) fields[key] = saved[key];
  }
  return fields;
}

/** The field that a JSON Pointer begins with: `/identifiers/0/value` is about `identifiers`. */
export function fieldOf(pointer: string): string {
  return pointer.split('/')[1] ?? '';
}

/** Things as `bare` makes them comparable: trimmed, without what is not there. */
function bare(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() || null;
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value)
    .map(([key, one]) => [key, bare(one)] as const)
    .filter(([, one]) => one !== null);
  return entries.length === 0 ? null : Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}

const keysOf = <F extends Fields>(fields: F) => Object.keys(fields) as Key<F>[];
