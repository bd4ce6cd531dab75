import { describe, expect, it } from '@jest/globals';
import { type Party, Problem } from '#libs/contracts';
import { helpStateAfter, spokenOf } from './help-rules.js';

const OWNER: Party = { kind: 'firm', id: 'owner' };
const EXPERT: Party = { kind: 'expert', id: 'expert' };
const STRANGER: Party = { kind: 'firm', id: 'stranger' };
const open = { companyId: OWNER.id, state: 'published' } as const;
const closed = { companyId: OWNER.id, state: 'archived' } as const;

const outcome = (...[act, side, state]: Parameters<typeof helpStateAfter>) => {
  try {
    return helpStateAfter(act, side, state);
  } catch (error) {
    return (error as Problem).code;
  }
};

describe('A question to a coordinator', () => {
  it('is answered by staff, taken back by who asked, and neither twice', () => {
    expect(outcome('answer', 'staff', 'open')).toBe('answered');
    expect(outcome('withdraw', 'asker', 'open')).toBe('withdrawn');
    expect(outcome('answer', 'asker', 'open')).toBe('forbidden');
    expect(outcome('withdraw', 'staff', 'open')).toBe('forbidden');
    for (const state of ['answered', 'withdrawn'] as const) {
      expect(outcome('answer', 'staff', state)).toBe('wrong-state');
      expect(outcome('withdraw', 'asker', state)).toBe('wrong-state');
    }
  });

  it('speaks of the other side of a suggestion, and of the owner of what is public', () => {
    expect(spokenOf(OWNER, open, EXPERT)).toEqual(EXPERT);
    expect(spokenOf(EXPERT, open, EXPERT)).toEqual(OWNER);
    expect(spokenOf(STRANGER, open, undefined)).toEqual(OWNER);
  });

  it('may be about the own need, whatever became of it, and then speaks of nobody', () => {
    expect(spokenOf(OWNER, closed, undefined)).toBeNull();
    expect(spokenOf(OWNER, closed, EXPERT)).toEqual(EXPERT);
  });

  it('is not about what is between others, nor about what is not public', () => {
    expect(spokenOf(STRANGER, open, EXPERT)).toBeUndefined();
    expect(spokenOf(STRANGER, closed, undefined)).toBeUndefined();
    expect(spokenOf(EXPERT, closed, EXPERT)).toBeUndefined();
  });
});
