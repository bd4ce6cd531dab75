import { describe, expect, it } from '@jest/globals';
import { beginningDistance, editDistance } from './edit-distance.js';

describe('edits between words', () => {
  it('counts inserted, deleted, replaced and swapped letters', () => {
    expect(editDistance('saldatura', 'saldatura', 2)).toBe(0);
    expect(editDistance('saldatura', 'saldattura', 2)).toBe(1);
    expect(editDistance('saldatura', 'sladatura', 2)).toBe(1);
    expect(editDistance('saldatura', 'saldarira', 2)).toBe(2);
  });

  it('gives up beyond the bound', () => {
    expect(editDistance('saldatura', 'tornitura', 2)).toBe(3);
    expect(editDistance('a', 'abcdef', 1)).toBe(2);
  });

  it('compares what was typed with the beginning of a longer word', () => {
    expect(beginningDistance('bildvera', 'bildverarbeitung', 1)).toBe(0);
    expect(beginningDistance('blidvera', 'bildverarbeitung', 1)).toBe(1);
    expect(beginningDistance('tornio', 'bildverarbeitung', 1)).toBe(2);
  });
});
