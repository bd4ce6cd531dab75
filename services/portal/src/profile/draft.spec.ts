import { describe, expect, it } from '@jest/globals';
import { afterSaving, changed, fieldOf, merge, same } from './draft.js';

const said = <F>(form: F) => form;
const base = { name: 'Filati Adda', town: 'Lecco', text: null as string | null, people: 12 };

describe('What is typed', () => {
  it('is a change where it means something else', () => {
    expect(changed(base, { ...base, town: ' Lecco ', text: '' })).toEqual([]);
    expect(changed(base, { ...base, town: 'Como', people: 13 })).toEqual(['town', 'people']);
    expect(same({ name: '', email: null }, null)).toBe(true);
    expect(same([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toBe(true);
    expect(same([1, 2], [2, 1])).toBe(false);
  });

  it('is put together with what somebody else has changed meanwhile', () => {
    const mine = { ...base, town: 'Como', people: 13 };
    const theirs = { ...base, name: 'Filati Adda SA', people: 13 };
    expect(merge({ base, mine, theirs }, said)).toEqual({
      fields: { ...base, name: 'Filati Adda SA', town: 'Como', people: 13 },
      conflicts: [],
    });
  });

  it('meets a conflict only where both have changed the same field to something else', () => {
    const mine = { ...base, town: 'Como', text: 'Filati' };
    const theirs = { ...base, town: 'Varese' };
    expect(merge({ base, mine, theirs }, said)).toEqual({
      fields: { ...base, town: 'Como', text: 'Filati' },
      conflicts: ['town'],
    });
  });

  it('takes the spelling of the platform once it is saved, unless somebody types on', () => {
    const before = { ...base, name: 'filati adda', town: 'como' };
    const saved = { ...base, name: 'Filati Adda', town: 'Como', text: 'by somebody else' };
    const now = { ...before, town: 'como nord', people: 14 };
    expect(afterSaving({ before, now, sent: ['name', 'town'], base, saved }, said)).toEqual({
      name: 'Filati Adda',
      town: 'como nord',
      text: 'by somebody else',
      people: 14,
    });
  });

  it('keeps a space at its end while the next word is typed', () => {
    const before = { ...base, town: 'Como ' };
    const saved = { ...base, town: 'Como' };
    expect(afterSaving({ before, now: before, sent: ['town'], base, saved }, said).town).toBe('Como ');
  });

  it('is found by the pointer of a problem', () => {
    expect(fieldOf('/identifiers/0/value')).toBe('identifiers');
    expect(fieldOf('')).toBe('');
  });
});
