import { describe, expect, it } from '@jest/globals';
import { obstacleOf } from './availability.js';

const expert = { listed: true, capacity: 3, away: [{ from: '2026-08-03', to: '2026-08-14' }] };

describe('Whether an expert may be asked', () => {
  it('not above the cap, however good their score', () => {
    expect(obstacleOf(expert, 2, '2026-07-01')).toBeUndefined();
    expect(obstacleOf(expert, 3, '2026-07-01')).toContain('as many open requests');
    expect(obstacleOf({ ...expert, capacity: 0 }, 0, '2026-07-01')).toContain('as many open requests');
  });

  it('not while away, from the first day to the last', () => {
    expect(obstacleOf(expert, 0, '2026-08-02')).toBeUndefined();
    expect(obstacleOf(expert, 0, '2026-08-03')).toContain('2026-08-14');
    expect(obstacleOf(expert, 0, '2026-08-14')).toContain('2026-08-14');
    expect(obstacleOf(expert, 0, '2026-08-15')).toBeUndefined();
  });

  it('not without consent to be listed', () => {
    expect(obstacleOf({ ...expert, listed: false }, 0, '2026-07-01')).toContain('not listed');
  });
});
