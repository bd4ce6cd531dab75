interface Room {
  /** Requests in hand. */
  taken: number;
  /** As many as the expert takes at once. */
  whole: number;
  /** The last day of an absence that has begun. */
  away: string | undefined;
}

/** How much an expert has in hand and takes at once, and whether they are away on the day of `now`. */
export function capacity(
  expert: { capacity: number; away: readonly { from: string; to: string }[] },
  load: { open: number },
  now: Date,
): Room {
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const away = expert.away.find(({ from, to }) => from <= today && today <= to)?.to;
  return { taken: load.open, whole: Math.max(0, expert.capacity), away };
}
