const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** After the n-th attempt of a message that did not succeed; after the last there is no further one. */
const PAUSES = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR];
/** An endpoint that is back is noticed within this time, however long it was away. */
const LONGEST_REST = HOUR;
const PATIENCE = 24 * HOUR;

/**
 * Milliseconds until a message is tried again after its n-th attempt (1, 2, …); undefined when it is given up. `random` in [0, 1) spreads the
 * attempts over a fifth more than the pause: receivers that come back are not met by everything at once.
 */
export function messagePause(attempt: number, random: number): number | undefined {
  const pause = PAUSES[attempt - 1];
  return pause === undefined ? undefined : Math.round(pause * (1 + random / 5));
}

/**
 * Milliseconds for which an endpoint is left alone after so many failures in a row. Without it a thousand waiting messages would be a thousand
 * failures within minutes, and a short outage would look like the end.
 */
export function endpointRest(failures: number): number {
  return Math.min(PAUSES[failures - 1] ?? LONGEST_REST, LONGEST_REST);
}

/** Whether an endpoint has failed for so long that it is switched off: ten times in a row over a day, or fifty times. */
export function isBroken(failures: number, failingSince: Date, now: Date): boolean {
  return failures >= 50 || (failures >= 10 && now.getTime() - failingSince.getTime() >= PATIENCE);
}
