import { describe, expect, it } from '@jest/globals';
import { NOTICE_KINDS } from '#libs/contracts';
import { effective } from './defaults.js';
import { type Parcel, scheduleOf, type Today, type Wishes } from './schedule.js';

const house = { quietHours: { from: '20:00', to: '07:00' }, mailsPerDay: 6 };
const defaults = effective({}, house, 'CH');
const idle: Today = { sent: 0, digestWaiting: false };
/** A decision in one word and the time of the reader's clock, for a reader in Lugano. */
function decided(
  at: string,
  wishes: Partial<Wishes> = {},
  today: Partial<Today> = {},
  parcel: Partial<Parcel> = {},
): string {
  const all = { ...defaults, ...wishes };
  const decision = scheduleOf(
    { kind: 'suggested', channel: 'email', ...parcel },
    all,
    { ...idle, ...today },
    new Date(at),
  );
  if (decision.when === 'now' || decision.when === 'never') return decision.when;
  const local = decision.at.toLocaleString('sv-SE', { timeZone: all.timeZone }).slice(0, 16);
  return `${decision.when} ${local} ${decision.why}`;
}
const mails = (email: 'now' | 'daily' | 'weekly' | 'never') =>
  effective({ rhythms: { suggested: { email } } }, house, 'CH');

// January: UTC+1. 2026-01-05 is a Monday.
describe('A mail goes out', () => {
  it.each([
    ['at once in the day', '2026-01-05T10:00:00Z', 'now'],
    ['after the quiet hours in the evening', '2026-01-05T19:00:00Z', 'at 2026-01-06 07:00 quiet'],
    ['after the quiet hours in the small hours', '2026-01-06T02:00:00Z', 'at 2026-01-06 07:00 quiet'],
    ['at once in the last minute before they begin', '2026-01-05T18:59:59Z', 'now'],
    ['at once in the minute in which they end', '2026-01-06T06:00:00Z', 'now'],
  ])('%s', (_title, at, expected) => {
    expect(decided(at)).toBe(expected);
  });

  it.each([
    [
      'inside quiet hours of one day',
      '2026-01-05T12:00:00Z',
      { from: '12:00', to: '14:00' },
      'at 2026-01-05 14:00 quiet',
    ],
    ['before them', '2026-01-05T10:59:00Z', { from: '12:00', to: '14:00' }, 'now'],
    ['without any', '2026-01-05T23:00:00Z', null, 'now'],
  ])('%s', (_title, at, quietHours, expected) => {
    expect(decided(at, { quietHours })).toBe(expected);
  });

  it.each([
    // The night of 28 to 29 March 2026 lacks the hour from 2 to 3; that of 24 to 25 October has it twice.
    ['the night that is an hour short', '2026-03-28T22:00:00Z', {}, 'at 2026-03-29 07:00 quiet'],
    ['the night that is an hour long', '2026-10-24T22:00:00Z', {}, 'at 2026-10-25 07:00 quiet'],
    [
      'quiet hours that would end in the hour that is not there',
      '2026-03-28T23:30:00Z',
      { quietHours: { from: '22:00', to: '02:30' } },
      'at 2026-03-29 03:30 quiet',
    ],
    [
      'quiet hours that end in the hour that comes twice, the second time',
      '2026-10-25T01:10:00Z',
      { quietHours: { from: '22:00', to: '02:30' } },
      'at 2026-10-25 02:30 quiet',
    ],
  ])('at the right time of day after %s', (_title, at, wishes, expected) => {
    expect(decided(at, wishes)).toBe(expected);
  });

  it('an hour earlier by the world’s clock after the night that was an hour short', () => {
    const decision = scheduleOf(
      { kind: 'suggested', channel: 'email' },
      defaults,
      idle,
      new Date('2026-03-28T22:00:00Z'),
    );
    expect(decision).toMatchObject({ at: new Date('2026-03-29T05:00:00Z') });
  });

  it.each([
    ['the next morning', 'daily', '2026-01-05T10:00:00Z', 'digest 2026-01-06 08:00 rhythm'],
    ['the same morning before eight', 'daily', '2026-01-05T05:00:00Z', 'digest 2026-01-05 08:00 rhythm'],
    ['the morning after at eight sharp', 'daily', '2026-01-05T07:00:00Z', 'digest 2026-01-06 08:00 rhythm'],
    ['on Monday', 'weekly', '2026-01-06T10:00:00Z', 'digest 2026-01-12 08:00 rhythm'],
    ['on the same Monday before eight', 'weekly', '2026-01-05T05:00:00Z', 'digest 2026-01-05 08:00 rhythm'],
    ['over the change to summer time at eight', 'daily', '2026-03-28T22:00:00Z', 'digest 2026-03-29 08:00 rhythm'],
    ['over the change to winter time at eight', 'weekly', '2026-10-24T22:00:00Z', 'digest 2026-10-26 08:00 rhythm'],
    ['never', 'never', '2026-01-05T10:00:00Z', 'never'],
  ] as const)('in a digest %s', (_title, rhythm, at, expected) => {
    expect(decided(at, mails(rhythm))).toBe(expected);
  });

  it('in a digest after quiet hours that last longer than the hour of digests', () => {
    const wishes = { ...mails('daily'), quietHours: { from: '18:00', to: '09:30' } };
    expect(decided('2026-01-05T10:00:00Z', wishes)).toBe('digest 2026-01-06 09:30 rhythm');
  });

  it.each([
    ['in one digest after a pause', '2026-01-05T10:00:00Z', {}, {}, 'digest 2026-01-11 08:00 paused'],
    ['weekly after a pause', '2026-01-05T10:00:00Z', mails('weekly'), {}, 'digest 2026-01-12 08:00 rhythm'],
    ['never, pause or not', '2026-01-05T10:00:00Z', mails('never'), {}, 'never'],
    [
      'later where a digest comes due in a pause',
      '2026-01-05T10:00:00Z',
      {},
      { digest: true },
      'digest 2026-01-11 08:00 paused',
    ],
    ['at once when the pause is over', '2026-01-10T12:00:00Z', {}, {}, 'now'],
  ])('%s', (_title, at, wishes, parcel, expected) => {
    expect(decided(at, { ...wishes, pausedUntil: '2026-01-10T12:00:00Z' }, {}, parcel)).toBe(expected);
  });

  it.each([
    ['at once below the cap', { sent: 5 }, {}, 'now'],
    ['with the next day’s digest at the cap', { sent: 6 }, {}, 'digest 2026-01-06 08:00 cap'],
    [
      'with today’s digest where that has the last place',
      { sent: 5, digestWaiting: true },
      {},
      'digest 2026-01-06 08:00 cap',
    ],
    ['at once beside a digest while there is room for both', { sent: 4, digestWaiting: true }, {}, 'now'],
    ['as the digest itself in its place', { sent: 5, digestWaiting: true }, { digest: true }, 'now'],
    ['tomorrow as a digest for which there is no place', { sent: 6 }, { digest: true }, 'digest 2026-01-06 08:00 cap'],
  ])('%s', (_title, today, parcel, expected) => {
    expect(decided('2026-01-05T10:00:00Z', {}, today, parcel)).toBe(expected);
  });

  it('after the quiet hours as a digest that comes due in them', () => {
    expect(decided('2026-01-05T21:00:00Z', {}, {}, { digest: true })).toBe('digest 2026-01-06 07:00 quiet');
  });

  it('at the rhythm of a saved search, whatever its kind has, unless that is switched off', () => {
    const at = '2026-01-05T10:00:00Z';
    expect(decided(at, {}, {}, { kind: 'alert-hit', rhythm: 'now' })).toBe('now');
    expect(decided(at, {}, {}, { kind: 'alert-hit' })).toBe('digest 2026-01-06 08:00 rhythm');
    const off = effective({ rhythms: { 'alert-hit': { email: 'never' } } }, house);
    expect(decided(at, off, {}, { kind: 'alert-hit', rhythm: 'now' })).toBe('never');
  });

  it('by the clock of the reader', () => {
    expect(decided('2026-01-05T21:00:00Z', { timeZone: 'America/New_York' })).toBe('now');
    expect(decided('2026-01-05T10:00:00Z', { timeZone: 'America/New_York' })).toBe('at 2026-01-05 07:00 quiet');
  });
});

describe('Other channels', () => {
  it('tell the inbox everything at once, at any hour', () => {
    for (const kind of NOTICE_KINDS) {
      const all = effective({ rhythms: { [kind]: { email: 'never', webhook: 'never' } } }, house);
      expect(scheduleOf({ kind, channel: 'inbox' }, all, { sent: 99, digestWaiting: true }, new Date())).toEqual({
        when: 'now',
      });
    }
  });

  it('tell programs at once, at any hour, unless that is switched off', () => {
    expect(decided('2026-01-05T23:00:00Z', {}, { sent: 99 }, { channel: 'webhook' })).toBe('now');
    const off = effective({ rhythms: { suggested: { webhook: 'never' } } }, house);
    expect(decided('2026-01-05T23:00:00Z', off, {}, { channel: 'webhook' })).toBe('never');
  });
});

describe('The defaults', () => {
  it('send by mail what somebody waits for at once, and keep the rest for a digest', () => {
    const of = (email: string) => NOTICE_KINDS.filter((kind) => defaults.rhythms[kind].email === email);
    expect(of('daily')).toEqual(['interest-withdrawn', 'alert-hit', 'opportunity-expiring']);
    expect(of('never')).toEqual(['address-refused']);
  });

  it('take the time zone of the country', () => {
    expect(['CH', 'IT', 'XX'].map((country) => effective({}, house, country).timeZone)).toEqual([
      'Europe/Zurich',
      'Europe/Rome',
      'Europe/Rome',
    ]);
  });

  it('give way to what was chosen, piece by piece', () => {
    const choice = { rhythms: { suggested: { email: 'weekly' as const } }, quietHours: null, mailsPerDay: 2 };
    const got = effective(choice, house);
    expect(got.rhythms.suggested).toEqual({ inbox: 'now', email: 'weekly', webhook: 'now' });
    expect([got.quietHours, got.mailsPerDay, got.rhythms['contact-open'].email]).toEqual([null, 2, 'now']);
  });
});
