import type { Schemas } from '../api/client.js';

export interface Counts {
  countries: ReadonlyMap<string, number>;
  territories: ReadonlyMap<string, number>;
}

/** How many of an answer are where. */
export function countsOf(items: readonly Pick<Schemas['MatchAnswer']['items'][number], 'subject'>[]): Counts {
  const countries = new Map<string, number>();
  const territories = new Map<string, number>();
  for (const { subject } of items) {
    add(countries, subject.country);
    if (subject.territory) add(territories, subject.territory);
  }
  return { countries, territories };
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The places to choose from, most first; those that are chosen stay, also where nobody is. */
export function placesOf(counts: ReadonlyMap<string, number>, chosen: readonly string[]): [string, number][] {
  const places = new Map(counts);
  for (const one of chosen) if (!places.has(one)) places.set(one, 0);
  return [...places].sort(([a, one], [b, other]) => other - one || a.localeCompare(b));
}

/** The list with `value` in it or out of it. */
export function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}
