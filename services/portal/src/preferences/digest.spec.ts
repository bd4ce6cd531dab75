import { describe, expect, it } from '@jest/globals';
import { nextDigests } from './digest.js';
import { localOf, momentOf } from './zone.js';

const wishes = { quietHours: null, timeZone: 'Europe/Rome', pausedUntil: null };
const at = (iso: string, change: Partial<Parameters<typeof nextDigests>[0]> = {}) => {
  const { daily, weekly } = nextDigests({ ...wishes, ...change }, new Date(iso));
  return [daily, weekly].map((when) => when.toISOString().slice(0, 16));
};

describe('The next digests', () => {
  it('go out at eight where their reader is, and on a Monday', () => {
    expect(at('2026-11-22T06:30:00Z')).toEqual(['2026-11-22T07:00', '2026-11-23T07:00']);
    expect(at('2026-11-22T07:00:00Z')).toEqual(['2026-11-23T07:00', '2026-11-23T07:00']);
    expect(at('2026-11-23T07:00:00Z')).toEqual(['2026-11-24T07:00', '2026-11-30T07:00']);
    expect(at('2026-11-22T18:00:00Z', { timeZone: 'Asia/Tokyo' })).toEqual(['2026-11-22T23:00', '2026-11-22T23:00']);
  });

  it('go out at eight also on the days on which the clocks change', () => {
    expect(at('2026-03-28T12:00:00Z')[0]).toBe('2026-03-29T06:00');
    expect(at('2026-10-24T12:00:00Z')[0]).toBe('2026-10-25T07:00');
  });

  it('wait for the end of a pause and of quiet hours', () => {
    expect(at('2026-11-22T12:00:00Z', { pausedUntil: '2026-12-01T23:00:00Z' })).toEqual([
      '2026-12-02T07:00',
      '2026-12-07T07:00',
    ]);
    expect(at('2026-11-22T12:00:00Z', { quietHours: { from: '20:00', to: '09:30' } })[0]).toBe('2026-11-23T08:30');
    expect(at('2026-11-22T12:00:00Z', { quietHours: { from: '06:00', to: '10:00' } })[0]).toBe('2026-11-23T09:00');
    expect(at('2026-11-22T12:00:00Z', { quietHours: { from: '07:30', to: '01:00' } })[0]).toBe('2026-11-24T00:00');
    expect(at('2026-11-22T12:00:00Z', { quietHours: { from: '20:00', to: '07:00' } })[0]).toBe('2026-11-23T07:00');
  });
});

it('A time of day is the same moment there and back', () => {
  for (const zone of ['Europe/Zurich', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'])
    for (const iso of ['2026-01-31T23:59:00.000Z', '2026-07-01T12:05:00.000Z', '2026-03-29T00:59:00.000Z'])
      expect([zone, momentOf(localOf(new Date(iso), zone), zone).toISOString()]).toEqual([zone, iso]);
});
