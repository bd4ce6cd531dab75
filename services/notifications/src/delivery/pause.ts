const FIRST_MS = 5000;
const LONGEST_MS = 3_600_000;
/** As long as mail servers usually try. */
const GIVE_UP_MS = 5 * 86_400_000;

/** Pause after the n-th attempt (1, 2, …) that did not succeed, in milliseconds: 5 s, doubled each time, at most an hour. */
export function pauseAfter(attempt: number): number {
  return Math.min(FIRST_MS * 2 ** Math.max(0, attempt - 1), LONGEST_MS);
}

/** Whether a delivery has been tried for so long that nobody wants it any more. */
export function isGivenUp(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() > GIVE_UP_MS;
}
