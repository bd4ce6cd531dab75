import type { Schemas } from '../api/client.js';

type Counted = Pick<Schemas['MatchAnswer']['items'][number], 'subject'>;
export type Counts = ReadonlyMap<string, number>;

/** How many of an answer are where, speak what, and belong to which division. Who speaks two languages counts for both. */
export const FACETS = {
  countries: ({ country }) => [country],
  territories: ({ territory }) => (territory ? [territory] : []),
  languages: ({ languages }) => languages,
  sectors: ({ sectors }) => sectors,
} satisfies Record<string, (subject: Counted['subject']) => readonly string[]>;

/** How many of an answer have which value of a facet. */
export function countsOf(facet: keyof typeof FACETS, items: readonly Counted[]): Counts {
  const counts = new Map<string, number>();
  for (const { subject } of items)
    for (const value of FACETS[facet](subject)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The values to choose from, most first; those that are chosen stay, also where nobody is left. */
export function valuesOf(counts: Counts, chosen: readonly string[]): [string, number][] {
  const values = new Map(counts);
  for (const one of chosen) if (!values.has(one)) values.set(one, 0);
  return [...values].sort(([a, one], [b, other]) => other - one || a.localeCompare(b));
}

/** The list with `value` in it or out of it. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}
