import type { z } from 'zod';
import type { Draft, Field } from './field.js';
import { type Issue, shown } from './issue.js';

/** A row that may be sent. */
export interface Ready<T> {
  file: string;
  row: number;
  key: string;
  item: T;
  columns: Map<string, string>;
}

export interface Prepared<T> {
  ready: Ready<T>[];
  issues: Issue[];
  /** Rows left out because the same row was there before. */
  repeated: number;
}

/** Checks every draft against the contract, and that no key comes twice. Nothing is sent before all of them went through here. */
export function prepare<T>(drafts: readonly Draft[], schema: z.ZodType<T>, fields: readonly Field[]): Prepared<T> {
  const ready = new Map<string, Ready<T>>();
  const issues: Issue[] = [];
  let repeated = 0;
  for (const draft of drafts) {
    const checked = schema.safeParse(draft.item);
    const found = [...draft.issues, ...(checked.success ? [] : contractIssues(draft, checked.error, fields))];
    const key = draft.key ?? '';
    const before = ready.get(key);
    if (found.length > 0) issues.push(...found);
    else if (before && JSON.stringify(before.item) === JSON.stringify(checked.data)) repeated++;
    else if (before) issues.push(sameKey(draft, before));
    else ready.set(key, { file: draft.file, row: draft.row, key, item: checked.data as T, columns: draft.columns });
  }
  return { ready: [...ready.values()], issues, repeated };
}

/** Header and advice for a place in the profile (`/contact/email`, or zod's path): the longest known beginning of it counts. */
export function placeOf(
  path: readonly PropertyKey[],
  { item, columns }: { item: unknown; columns: Map<string, string> },
  fields: readonly Field[],
) {
  const steps = path.map(String);
  const names = [numberedOf(item, steps), steps.slice(0, 2).join('.'), steps[0] ?? ''].filter((name) => name !== '');
  const name = names.find((one) => columns.has(one)) ?? names.find((one) => fields.some((field) => field.path === one));
  const field = fields.find((one) => one.path === name);
  return {
    name: name ?? steps.join('.'),
    column: columns.get(name ?? '') ?? field?.path ?? steps.join('.'),
    right: field?.right ?? 'see docs/import.md',
  };
}

// What stands in the profile as a list may have columns of its own: evidence by number, identifiers by scheme.
function numberedOf(item: unknown, [list, at, part]: readonly string[]): string {
  if (list === 'evidence') return `evidence#${Number(at ?? 0) + 1}.${part ?? 'title'}`;
  if (list !== 'identifiers') return '';
  return (item as { identifiers?: { scheme: string }[] }).identifiers?.[Number(at ?? 0)]?.scheme ?? '';
}

function contractIssues(draft: Draft, error: z.ZodError, fields: readonly Field[]): Issue[] {
  // A cell that could not be read is missing now; one word about it is enough.
  const told = new Set(draft.issues.map((issue) => issue.column));
  return error.issues.flatMap((issue) => {
    const { name, column, right } = placeOf(issue.path, draft, fields);
    if (told.has(column)) return [];
    const value = issue.path.reduce<unknown>(
      (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
      draft.item,
    );
    const wrong = value === undefined && issue.code === 'invalid_type' ? 'is missing' : issue.message;
    return [{ file: draft.file, row: draft.row, column, value: draft.values.get(name) ?? shown(value), wrong, right }];
  });
}

function sameKey<T>(draft: Draft, before: Ready<T>): Issue {
  const column = draft.columns.get('externalKey') ?? draft.columns.get('name') ?? 'name';
  return {
    file: draft.file,
    row: draft.row,
    column,
    value: shown(draft.key?.startsWith('row-') ? draft.item.name : draft.key),
    wrong: `row ${before.row} is the same by its key and says something else`,
    right: 'one row for each firm or person, or a key of its own in a column "key"',
  };
}
