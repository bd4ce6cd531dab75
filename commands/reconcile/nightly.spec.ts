import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { nextAt, nightly, reconcileAt } from './nightly.js';

const MINUTE = 60_000;

describe('The nightly reconcile', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs at half past three unless told otherwise, or not at all', () => {
    expect(reconcileAt({})).toEqual({ hour: 3, minute: 30 });
    expect(reconcileAt({ RECONCILE_AT: '23:05' })).toEqual({ hour: 23, minute: 5 });
    expect(reconcileAt({ RECONCILE_AT: 'off' })).toBeUndefined();
    for (const wrong of ['3:30', '24:00', '12:60', 'soon'])
      expect(() => reconcileAt({ RECONCILE_AT: wrong })).toThrow(`RECONCILE_AT=${wrong} is no time of day`);
  });

  it('is next due today or tomorrow, on the clock of the machine', () => {
    const at = { hour: 3, minute: 30 };
    expect(nextAt(at, new Date(2026, 4, 10, 1, 0))).toEqual(new Date(2026, 4, 10, 3, 30));
    expect(nextAt(at, new Date(2026, 4, 10, 3, 30))).toEqual(new Date(2026, 4, 11, 3, 30));
    expect(nextAt(at, new Date(2026, 11, 31, 22, 0))).toEqual(new Date(2027, 0, 1, 3, 30));
  });

  it('runs once every night until it is stopped', () => {
    jest.useFakeTimers({ now: new Date(2026, 4, 10, 3, 0) });
    let runs = 0;
    const night = nightly(
      {},
      () => {},
      () => runs++,
    );
    jest.advanceTimersByTime(29 * MINUTE);
    expect(runs).toBe(0);
    jest.advanceTimersByTime(3 * MINUTE);
    expect(runs).toBe(1);
    jest.advanceTimersByTime(23 * 60 * MINUTE);
    expect(runs).toBe(1);
    jest.advanceTimersByTime(60 * MINUTE);
    expect(runs).toBe(2);
    night.stop();
    jest.advanceTimersByTime(48 * 60 * MINUTE);
    expect(runs).toBe(2);
  });

  it('runs as soon as it can when the machine slept through the hour', () => {
    jest.useFakeTimers({ now: new Date(2026, 4, 10, 1, 0) });
    let runs = 0;
    const night = nightly(
      {},
      () => {},
      () => runs++,
    );
    jest.setSystemTime(new Date(2026, 4, 10, 8, 0));
    jest.advanceTimersByTime(MINUTE);
    expect(runs).toBe(1);
    night.stop();
  });
});
