interface Placed {
  territory?: string | null;
  country?: string | null;
}

/** Where something is, as exactly as it is known; empty where it is not. */
export const placeOf = ({ territory, country }: Placed): string => territory ?? country ?? '';

/** The places that occur, each with how often, those with most first. */
export function placesIn(all: readonly Placed[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const one of all) {
    const code = placeOf(one);
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}

/** Whether something lies in the place that was chosen; without a choice everything does. */
export const liesIn = (place: string | undefined, one: Placed): boolean =>
  place === undefined || placeOf(one).startsWith(place);
