import { describe, expect, it } from '@jest/globals';
import { INTEREST_STATES, Problem } from '#libs/contracts';
import { checkCoordinated, stateAfter } from './transitions.js';

const AT = new Date('2026-03-02T10:00:00Z');
const waiting = { state: 'submitted', acceptedAt: null, closedAt: null } as const;
const talking = { state: 'taken-over', acceptedAt: AT, closedAt: null } as const;
const codeOf = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    return (error as Problem).code;
  }
};

describe('States of an expression of interest', () => {
  it('the one asked accepts or declines, once', () => {
    expect(stateAfter('accept', 'asked', waiting)).toBe('taken-over');
    expect(stateAfter('decline', 'asked', waiting)).toBe('not-pertinent');
    expect(codeOf(() => stateAfter('accept', 'asked', talking))).toBe('wrong-state');
    expect(codeOf(() => stateAfter('decline', 'asked', { ...waiting, state: 'expired' }))).toBe('wrong-state');
  });

  it('the asker cannot answer for the other', () => {
    expect(codeOf(() => stateAfter('accept', 'asker', waiting))).toBe('forbidden');
    expect(codeOf(() => stateAfter('decline', 'asker', waiting))).toBe('forbidden');
  });

  it('before the answer only the asker takes it back, after it either side', () => {
    expect(stateAfter('withdraw', 'asker', waiting)).toBe('withdrawn');
    expect(codeOf(() => stateAfter('withdraw', 'asked', waiting))).toBe('wrong-state');
    expect(stateAfter('withdraw', 'asked', talking)).toBe('withdrawn');
    expect(stateAfter('withdraw', 'asker', { ...talking, state: 'negotiating' })).toBe('withdrawn');
  });

  it('contacts can be closed after an agreement, which stays one; and only once', () => {
    const agreed = { ...talking, state: 'agreement-reached' } as const;
    expect(stateAfter('withdraw', 'asker', agreed)).toBe('agreement-reached');
    expect(codeOf(() => stateAfter('withdraw', 'asker', { ...agreed, closedAt: AT }))).toBe('wrong-state');
  });

  it('a coordinator sets neither what the two sides decide nor what has ended', () => {
    for (const to of ['taken-over', 'not-pertinent', 'withdrawn', 'expired', 'submitted'] as const) {
      for (const from of INTEREST_STATES) expect(codeOf(() => checkCoordinated(from, to))).toBe('wrong-state');
    }
    for (const from of ['not-pertinent', 'agreement-reached', 'no-agreement', 'withdrawn', 'expired'] as const) {
      for (const to of INTEREST_STATES) expect(codeOf(() => checkCoordinated(from, to))).toBe('wrong-state');
    }
  });

  it('a coordinator leads talks to their outcome, and never a question that nobody answered', () => {
    expect(codeOf(() => checkCoordinated('taken-over', 'first-contact'))).toBe('done');
    expect(codeOf(() => checkCoordinated('negotiating', 'agreement-reached'))).toBe('done');
    expect(codeOf(() => checkCoordinated('submitted', 'under-assessment'))).toBe('done');
    expect(codeOf(() => checkCoordinated('submitted', 'agreement-reached'))).toBe('wrong-state');
    expect(codeOf(() => checkCoordinated('pertinent', 'negotiating'))).toBe('wrong-state');
  });
});
