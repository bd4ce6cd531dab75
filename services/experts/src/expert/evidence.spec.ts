import { describe, expect, it } from '@jest/globals';
import { keepingIds, keptEvidence } from './evidence.js';

const ids =
  (...list: string[]) =>
  () =>
    list.shift() ?? 'none left';
const piece = (title: string, more = {}) => ({ kind: 'work' as const, title, ...more });

describe('Evidence', () => {
  it('is kept with what is missing said plainly', () => {
    expect(keptEvidence([piece('Telaio che vede', { year: 2024 })], 'it', ids('a'))).toEqual([
      { id: 'a', kind: 'work', title: 'Telaio che vede', text: null, year: 2024, url: null, competences: [] },
    ]);
  });

  it('keeps its id while its title stays, wherever it moves and whatever else changes', () => {
    const before = keptEvidence([piece('Uno'), piece('Due')], 'it', ids('1', '2'));
    const after = keptEvidence([piece('Due', { text: 'più lungo' }), piece('Tre')], 'it', ids('3', '4'));
    expect(keepingIds(after, before).map(({ id, title }) => [id, title])).toEqual([
      ['2', 'Due'],
      ['4', 'Tre'],
    ]);
  });

  it('gives no id to two pieces of one title', () => {
    const before = keptEvidence([piece('Uno')], 'it', ids('1'));
    const after = keptEvidence([piece('Uno'), piece('Uno')], 'it', ids('2', '3'));
    expect(keepingIds(after, before).map(({ id }) => id)).toEqual(['1', '3']);
  });
});
