import { describe, expect, it } from '@jest/globals';
import { nextAction, type Standing } from './next-action.js';

const step = { text: 'Add an address' };
const standing: Standing = {
  toAnswer: [],
  completeness: { percent: 90, nextStep: step },
  published: 1,
  suggestions: { count: 3, best: 's-1' },
  waiting: 0,
};

describe('What a firm does best next', () => {
  it('is to answer whoever waits', () => {
    const toAnswer = [{ id: 'i-1', dueAt: '2026-12-01T12:00:00Z' }];
    const thin = { percent: 10, nextStep: step };
    expect(nextAction({ ...standing, toAnswer, completeness: thin })).toEqual({ kind: 'answer', ...toAnswer[0] });
  });

  it('is a profile that can be found, then a need, then to ask somebody', () => {
    expect(nextAction({ ...standing, completeness: { percent: 20, nextStep: step }, published: 0 })).toEqual({
      kind: 'profile',
      percent: 20,
      text: step.text,
    });
    expect(nextAction({ ...standing, published: 0 })).toEqual({ kind: 'need' });
    expect(nextAction(standing)).toEqual({ kind: 'suggestions', count: 3, id: 's-1' });
  });

  it('is the rest of the profile while others are to answer, and patience when there is nothing left', () => {
    expect(nextAction({ ...standing, waiting: 2 })).toMatchObject({ kind: 'profile', percent: 90 });
    const whole = { percent: 100, nextStep: null };
    expect(nextAction({ ...standing, waiting: 2, completeness: whole })).toEqual({ kind: 'wait', count: 2 });
    expect(nextAction({ ...standing, suggestions: { count: 0, best: undefined }, completeness: whole })).toEqual({
      kind: 'need',
    });
  });
});
