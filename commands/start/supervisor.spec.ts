import { describe, expect, it } from '@jest/globals';
import { Backoff } from './supervisor.js';

describe('The pause before a dead process is started again', () => {
  it('doubles while it keeps dying, up to five seconds', () => {
    const backoff = new Backoff();
    const pauses = [0, 1, 2, 3, 4, 5, 6].map((seconds) => backoff.next(seconds * 1_000));
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  it('is short again for a process that ran well for a while', () => {
    const backoff = new Backoff();
    backoff.next(0);
    backoff.next(1_000);
    expect(backoff.next(60_000)).toBe(250);
  });
});
