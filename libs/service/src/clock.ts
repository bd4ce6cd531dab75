/**
 * What time it is. Services that act at a certain hour (reminders, digests, expiry) ask this one, so that a test or a rehearsal on a development
 * machine can put it forward; rules take the time as a parameter.
 */
export class Clock {
  /** @param offsetMs how far it is ahead of the machine's clock, in milliseconds */
  constructor(private offsetMs = 0) {}

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Puts the clock forward. */
  advance(ms: number): void {
    this.offsetMs += ms;
  }
}
