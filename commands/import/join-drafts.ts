import { foldLabel } from '#libs/competences';
import { addIssue, type Draft } from './field.js';

/**
 * Makes one expert of the rows that share a key, as lists with a row for each project have them: the first row's fields, what later rows add
 * where it has nothing, and the competences and evidence of all. Rows of one key under two names are refused.
 */
export function joinDrafts(drafts: readonly Draft[]): Draft[] {
  const joined = new Map<string, Draft>();
  for (const [at, draft] of drafts.entries()) {
    const key = draft.key ?? `row ${at}`;
    const first = joined.get(key);
    if (!first) joined.set(key, draft);
    else if (foldLabel(String(first.item.name)) !== foldLabel(String(draft.item.name))) {
      addIssue(
        draft,
        'externalKey',
        `row ${first.row} has the same key and another name`,
        'a key of its own for each person',
      );
      joined.set(`${key} ${at}`, draft);
    } else joinInto(first, draft);
  }
  return [...joined.values()];
}

function joinInto(first: Draft, later: Draft): void {
  // Who went to another country has two places; the first row's counts.
  const elsewhere = first.item.country !== undefined && first.item.country !== later.item.country;
  for (const [field, value] of Object.entries(later.item)) {
    if (elsewhere && (field === 'territory' || field === 'affiliation')) continue;
    const own = first.item[field];
    if (Array.isArray(own) && Array.isArray(value)) first.item[field] = distinct([...own, ...value]);
    else if (own === undefined) {
      first.item[field] = value;
      first.columns.set(field, later.columns.get(field) ?? field);
      first.values.set(field, later.values.get(field) ?? '');
    }
  }
  // A person is imported whole or not at all, so a bad row of hers keeps her out.
  first.issues.push(...later.issues);
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
