import { describe, expect, it } from '@jest/globals';
import { localSubject } from './subject.js';

const ID = '01900000-0000-7000-8000-00000000000a';

describe('The subject of a local token', () => {
  it.each([
    [`firm:${ID}`, `firm:${ID}`],
    [`FIRM:${ID.toUpperCase()}`, `firm:${ID}`],
    [`firm:${ID}:editor`, `firm:${ID}:editor`],
    [`expert:${ID}`, `expert:${ID}`],
    ['coordinator', 'coordinator'],
    ['coordinator:itc43,ch070', 'coordinator:ITC43,CH070'],
    ['coordinator:IT', 'coordinator:IT'],
    ['facilitator:ITC43', 'facilitator:ITC43'],
    ['facilitator:tessile-lecco', 'facilitator:tessile-lecco'],
    ['facilitator:tessile:ITC43', 'facilitator:tessile:ITC43'],
    ['Admin', 'admin'],
  ])('is read from %s', (text, subject) => expect(localSubject(text)).toBe(subject));

  it.each([
    '',
    'firm',
    'firm:7',
    `expert:${ID}:editor`,
    `firm:${ID}:root`,
    'admin:ITC43',
    'coordinator:',
    'coordinator:lecco',
    'root',
    `firm:${ID},admin`,
    'facilitator:',
  ])('is not "%s"', (text) => expect(localSubject(text)).toBeUndefined());
});
