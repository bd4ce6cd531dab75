import { describe, expect, it } from '@jest/globals';
import { highlight } from './highlight.js';

const marked = (text: string, words: string[]) =>
  highlight(text, words)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');

describe('Highlighted words', () => {
  it('are whole words, whatever their case and accents', () => {
    expect(marked('Parole in comune: Qualità, tessuti', ['qualita', 'TESSUTI'])).toBe(
      'Parole in comune: [Qualità], [tessuti]',
    );
    expect(marked('retail with AI', ['ai'])).toBe('retail with [AI]');
    expect(marked("dell'automazione", ['automazione'])).toBe("dell'[automazione]");
  });

  it('leave the text as it is where there are none', () => {
    expect(highlight('', ['a'])).toEqual([]);
    expect(marked('a (b) c', [])).toBe('a (b) c');
    expect(marked('controllo qualità', ['controllo qualità'])).toBe('[controllo qualità]');
    expect(marked('visione artificiale, difetti', ['artificiale', 'visione', 'difetti'])).toBe(
      '[visione artificiale], [difetti]',
    );
  });
});
