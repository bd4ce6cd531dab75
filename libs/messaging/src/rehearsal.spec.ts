import { describe, expect, it } from '@jest/globals';
import { Rehearsal, type RehearsalPlan } from './rehearsal.js';

describe('A rehearsed death', () => {
  const deathsOf = (plan: RehearsalPlan, act: (rehearsal: Rehearsal) => void): number => {
    let deaths = 0;
    act(
      new Rehearsal(plan, () => {
        deaths++;
      }),
    );
    return deaths;
  };
  const work = (rehearsal: Rehearsal) => {
    for (const aggregateId of ['a', 'b', 'c', 'a']) {
      rehearsal.begins([{ aggregateId }, { aggregateId: 'x' }]);
      rehearsal.committed();
    }
  };

  it('does not happen where none was planned', () => {
    expect(deathsOf({}, work)).toBe(0);
    expect(deathsOf({ crashBeforeAck: 0 }, work)).toBe(0);
  });

  it('happens after every so many committed runs', () => {
    expect(deathsOf({ crashBeforeAck: 2 }, work)).toBe(2);
    expect(deathsOf({ crashBeforeAck: 5 }, work)).toBe(0);
  });

  it('happens each time that an event of the named thing is begun', () => {
    expect(deathsOf({ crashOnAggregate: 'a' }, work)).toBe(2);
  });
});
