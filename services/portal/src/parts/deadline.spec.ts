import { describe, expect, it } from '@jest/globals';
import { left } from './deadline.js';

describe('The time that is left', () => {
  it('is counted in days as people count them', () => {
    const now = new Date(2026, 10, 20, 23, 30);
    expect(left(new Date(2026, 10, 21, 0, 15), now)).toEqual({ days: 1, urgency: 'soon' });
    expect(left(new Date(2026, 11, 2, 12), now)).toEqual({ days: 12, urgency: 'calm' });
    expect(left(new Date(2026, 10, 20, 23, 0), now)).toEqual({ days: 0, urgency: 'late' });
    expect(left(new Date(2026, 10, 18, 9), now)).toEqual({ days: -2, urgency: 'late' });
  });
});
