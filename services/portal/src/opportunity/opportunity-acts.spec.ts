import { describe, expect, it } from '@jest/globals';
import { actsOf, daysLeft } from './opportunity-acts.js';

const now = new Date('2026-11-22T12:00:00Z');
const later = '2027-11-01T12:00:00Z';
const soon = '2026-12-20T12:00:00Z';

describe('What can be done with an offer or a need', () => {
  it('is what its state allows', () => {
    expect(actsOf({ state: 'draft', renewed: false, expiresAt: null }, now)).toEqual(['publish', 'archive']);
    expect(actsOf({ state: 'on-hold', renewed: false, expiresAt: later }, now)).toEqual(['publish', 'archive']);
    expect(actsOf({ state: 'archived', renewed: false, expiresAt: later }, now)).toEqual([]);
  });

  it('is renewing when the end is near, once', () => {
    expect(actsOf({ state: 'published', renewed: false, expiresAt: later }, now)).toEqual(['hold', 'archive']);
    expect(actsOf({ state: 'published', renewed: false, expiresAt: soon }, now)).toEqual(['renew', 'hold', 'archive']);
    expect(actsOf({ state: 'expired', renewed: true, expiresAt: soon }, now)).toEqual(['archive']);
    expect(daysLeft(soon, now)).toBe(28);
  });
});
