import { expect, it } from '@jest/globals';
import { possibleActs } from './possible-acts.js';

it('A draft is published, what is public paused or prolonged, and everything can be put away', () => {
  expect(possibleActs({ state: 'draft', renewed: false })).toEqual(['publish', 'archive']);
  expect(possibleActs({ state: 'published', renewed: false })).toEqual(['renew', 'hold', 'archive']);
  expect(possibleActs({ state: 'on-hold', renewed: false })).toEqual(['publish', 'archive']);
  expect(possibleActs({ state: 'expired', renewed: false })).toEqual(['renew', 'archive']);
});

it('What was prolonged once is not offered to be prolonged again, and what is put away stays there', () => {
  expect(possibleActs({ state: 'published', renewed: true })).toEqual(['hold', 'archive']);
  expect(possibleActs({ state: 'archived', renewed: false })).toEqual([]);
});
