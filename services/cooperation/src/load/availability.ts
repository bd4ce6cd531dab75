import type { ExpertFacts } from '#libs/contracts';

/** Why an expert may not be asked now, if so. `open` are the requests they have in hand, `today` a day such as 2026-08-01. */
export function obstacleOf(
  { listed, away, capacity }: Pick<ExpertFacts, 'listed' | 'away' | 'capacity'>,
  open: number,
  today: string,
): string | undefined {
  if (!listed) return 'The expert is not listed any more and takes no requests.';
  const absence = away.find(({ from, to }) => from <= today && today <= to);
  if (absence) return `The expert is away until ${absence.to}.`;
  if (open >= capacity) return 'The expert has as many open requests as they take at a time.';
  return undefined;
}
