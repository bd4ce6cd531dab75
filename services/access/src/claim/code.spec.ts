import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { codeFrom, hashOfCode } from './code.js';

describe('The code of a claim', () => {
  it('has twelve letters in three groups, none of which is taken for another', () => {
    for (let i = 0; i < 200; i++)
      expect(codeFrom(randomBytes(12))).toMatch(/^(?:[A-HJ-NP-Z2-9]{4}-){2}[A-HJ-NP-Z2-9]{4}$/);
  });

  it('is the same with spaces, without hyphens and in small letters, and another with another letter', () => {
    const hash = hashOfCode('ABCD-EFGH-2345');
    expect(hashOfCode(' abcd efgh 2345 ')).toBe(hash);
    expect(hashOfCode('ABCDEFGH2345')).toBe(hash);
    expect(hashOfCode('ABCD-EFGH-2346')).not.toBe(hash);
  });
});
