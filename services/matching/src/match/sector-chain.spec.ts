import { describe, expect, it } from '@jest/globals';
import { naceOf, sectorLabel } from '#libs/competences';
import { CHAIN_NEARNESS, chainRelation } from './sector-chain.js';

const division = (code: string) => naceOf({ scheme: 'NACE2.1', code })!;
const ALL = Array.from({ length: 99 }, (_, at) => String(at + 1).padStart(2, '0')).filter((code) =>
  naceOf({ scheme: 'NACE2.1', code }),
);

describe('Supply chains between sectors', () => {
  it.each([
    ['14', '13', 'upstream'],
    ['13', '14', 'downstream'],
    ['25', '24', 'upstream'],
    ['28', '25', 'upstream'],
    ['32', '22', 'upstream'],
    ['28', '27', 'upstream'],
    ['11', '10', 'upstream'],
    ['16', '31', 'downstream'],
    ['41', '23', 'upstream'],
    ['13', '28', 'upstream'],
  ] as const)('to %s, %s is %s', (own, other, relation) => {
    expect(chainRelation(division(own), division(other))).toBe(relation);
  });

  it('are none between a sector and itself or one that it has nothing to do with', () => {
    expect(chainRelation(division('13'), division('13'))).toBeUndefined();
    expect(chainRelation(division('13'), division('62'))).toBeUndefined();
  });

  it('go one way each, between divisions that have a name', () => {
    for (const one of ALL) {
      for (const other of ALL) {
        const relation = chainRelation(division(one), division(other));
        if (!relation) continue;
        expect(chainRelation(division(other), division(one))).toBe(relation === 'upstream' ? 'downstream' : 'upstream');
        expect(sectorLabel(other, 'it')).toBeDefined();
      }
    }
  });

  it('count less than the same division and more than the section alone', () => {
    expect(CHAIN_NEARNESS).toBeGreaterThan(0.3);
    expect(CHAIN_NEARNESS).toBeLessThan(0.6);
  });
});
