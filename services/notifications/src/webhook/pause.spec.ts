import { describe, expect, it } from '@jest/globals';
import { endpointRest, isBroken, messagePause } from './pause.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('The pause before a message is sent again', () => {
  it('grows from seconds to a day, and after the eighth attempt there is none', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) => messagePause(attempt, 0));
    expect(pauses).toEqual([5000, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR, undefined]);
  });

  it('is up to a fifth longer, so that attempts spread', () => {
    expect(messagePause(2, 0.5)).toBe(66_000);
    expect(messagePause(2, 0.999)).toBeLessThan(72_000);
  });
});

describe('An endpoint that fails', () => {
  it('is left alone for ever longer, but never for more than an hour', () => {
    expect([1, 2, 3, 4, 5, 40].map(endpointRest)).toEqual([5000, MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR, HOUR]);
  });

  it('is switched off after ten failures over a day, or after fifty', () => {
    const since = new Date('2026-01-05T08:00:00Z');
    const later = (hours: number) => new Date(since.getTime() + hours * HOUR);
    expect(isBroken(9, since, later(48))).toBe(false);
    expect(isBroken(10, since, later(23.9))).toBe(false);
    expect(isBroken(10, since, later(24))).toBe(true);
    expect(isBroken(49, since, later(1))).toBe(false);
    expect(isBroken(50, since, later(1))).toBe(true);
  });
});
