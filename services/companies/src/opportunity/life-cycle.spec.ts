import { describe, expect, it } from '@jest/globals';
import { OPPORTUNITY_ACTIONS, OPPORTUNITY_STATES, type OpportunityState, VALID_DAYS } from '#libs/contracts';
import { act, LAST_WARNING, LONG_WARNING, possibleActs, stateAt } from './life-cycle.js';

const now = new Date('2026-03-01T12:00:00Z');
const days = (count: number) => new Date(now.getTime() + count * 24 * 60 * 60 * 1000);
const opportunity = (state: OpportunityState, more = {}) => {
  const begun = state !== 'draft' && state !== 'under-review';
  return {
    state,
    stateSince: days(-10),
    publishedAt: begun ? days(-100) : null,
    expiresAt: begun ? days(265) : null,
    renewed: false,
    ...more,
  };
};

describe('The life cycle of an opportunity', () => {
  it('allows exactly these acts', () => {
    const table = Object.fromEntries(OPPORTUNITY_STATES.map((state) => [state, possibleActs(state, false)]));
    expect(table).toEqual({
      draft: ['publish', 'archive'],
      'under-review': ['archive'],
      published: ['hold', 'renew', 'archive'],
      'on-hold': ['publish', 'archive'],
      expired: ['renew', 'archive'],
      archived: [],
    });
    for (const state of OPPORTUNITY_STATES) {
      for (const action of OPPORTUNITY_ACTIONS) {
        expect('changes' in act(opportunity(state), action, now)).toBe(possibleActs(state, false).includes(action));
      }
    }
  });

  it('refuses with the state and what is possible instead', () => {
    expect(act(opportunity('published'), 'publish', now)).toEqual({
      refusal: 'publish is not possible in the state published. Possible now: hold, renew, archive.',
    });
    expect(act(opportunity('archived'), 'renew', now)).toEqual({
      refusal: 'renew is not possible in the state archived. Nothing is possible any more.',
    });
  });

  it('gives a first publication 365 days', () => {
    expect(act(opportunity('draft'), 'publish', now)).toEqual({
      changes: { state: 'published', stateSince: now, publishedAt: now, expiresAt: days(365) },
    });
  });

  it('gives a first publication the days that were chosen, and a renewal all of them', () => {
    expect(act(opportunity('draft'), 'publish', now, 90)).toEqual({
      changes: { state: 'published', stateSince: now, publishedAt: now, expiresAt: days(90) },
    });
    const soon = opportunity('published', { expiresAt: days(10) });
    expect(act(soon, 'renew', now)).toMatchObject({ changes: { expiresAt: days(10 + 365) } });
  });

  it('of a month or less is not warned of a month before its end, but of a week before', () => {
    expect(act(opportunity('draft'), 'publish', now, 30)).toMatchObject({
      changes: { expiresAt: days(30), endTold: LONG_WARNING },
    });
    expect(act(opportunity('draft'), 'publish', now, 31)).not.toHaveProperty('changes.endTold');
    expect(LAST_WARNING).toBeLessThan(VALID_DAYS.min);
  });

  it('takes no other days once they were chosen', () => {
    for (const [state, action] of [
      ['on-hold', 'publish'],
      ['published', 'renew'],
      ['published', 'hold'],
      ['draft', 'archive'],
    ] as const)
      expect(act(opportunity(state), action, now, 90)).toEqual({
        refusal: 'How long it is valid is chosen when it is first published, and not changed afterwards.',
      });
  });

  it('does not lengthen the validity by a pause', () => {
    expect(act(opportunity('on-hold'), 'publish', now)).toEqual({ changes: { state: 'published', stateSince: now } });
  });

  it('renews once, and adds the days that were left', () => {
    expect(act(opportunity('published'), 'renew', now)).toEqual({
      changes: { renewed: true, expiresAt: days(265 + 365), endTold: null },
    });
    expect(act(opportunity('expired', { expiresAt: days(-5) }), 'renew', now)).toEqual({
      changes: { state: 'published', stateSince: now, renewed: true, expiresAt: days(365), endTold: null },
    });
    expect(act(opportunity('published', { renewed: true }), 'renew', now)).toHaveProperty('refusal');
  });

  it('ends on time, also before anybody has written it down', () => {
    const over = opportunity('published', { expiresAt: now });
    expect(stateAt(over, now)).toBe('expired');
    expect(act(over, 'hold', now)).toHaveProperty('refusal');
    expect(act(opportunity('on-hold', { expiresAt: days(-1) }), 'publish', now)).toHaveProperty('refusal');
  });

  it('is ended by archiving on time too', () => {
    expect(act(opportunity('published', { expiresAt: now }), 'archive', now)).toEqual({
      changes: { state: 'archived', stateSince: now },
    });
  });
});
