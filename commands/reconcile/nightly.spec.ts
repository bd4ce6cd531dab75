import { describe, expect, it } from '@jest/globals';
import { nextAt, reconcileAt } from './nightly.js';

describe('The nightly reconcile', () => {
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
});
