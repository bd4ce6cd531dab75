import { describe, expect, it } from '@jest/globals';
import { Clock } from './clock.js';

describe('The clock', () => {
  it('shows the time of the machine, plus what it was put forward', () => {
    const before = Date.now();
    expect(new Clock().now().getTime()).toBeGreaterThanOrEqual(before);
    const clock = new Clock(3_600_000);
    clock.advance(86_400_000);
    const ahead = clock.now().getTime() - before;
    expect(Math.floor(ahead / 60_000)).toBe(25 * 60);
  });
});
