import { describe, expect, it } from '@jest/globals';
import { READING } from './people.fixture.js';
import { type NeedWords, understand as understandWith } from './understanding.js';
import { wishedPlaces } from './wished-places.js';

const understand = (words: NeedWords) => understandWith(words, READING);

describe('Understanding a need', () => {
  it('finds its competences with the words that led to them', () => {
    const { lang, concepts } = understand({ text: 'Cerchiamo un esperto di visione artificiale per tessuti tecnici' });
    expect(lang).toBe('it');
    expect(concepts.find((one) => one.id === 'machine-vision')?.words).toEqual(['visione', 'artificiale']);
  });

  it('lets given competences win over those recognised in the text', () => {
    const { concepts } = understand({
      text: 'visione artificiale per tessuti tecnici',
      lang: 'it',
      competences: ['Brevetti', 'machine-vision'],
    });
    expect(concepts.map((one) => one.id)).toContain('machine-vision');
    expect(concepts.map((one) => one.id)).not.toContain('technical-textiles');
    expect(concepts.every((one) => one.weight === 1)).toBe(true);
  });

  it('takes given words that name no competence as words', () => {
    const { concepts, terms } = understand({ competences: ['frobnicazione'], lang: 'it' });
    expect(concepts).toEqual([]);
    expect(terms.map((term) => term.word)).toContain('frobnicazione');
  });

  it('puts words of every field last', () => {
    const { terms } = understand({ text: 'gestione dei processi di galvanica', lang: 'it' });
    expect(terms[0]?.word).toBe('galvanica');
  });

  it.each([
    ['in collaborazione con un partner svizzero', ['CH']],
    ['mit einem Schweizer Partner', ['CH']],
    ['avec un partenaire suisse', ['CH']],
    ['una ditta del Ticino', ['CH070']],
    ['un fornitore di Lecco', ['ITC43']],
    ['un fornitore affidabile', []],
  ])('hears the place that is wished for: %s', (text, places) => {
    expect(wishedPlaces(text)).toEqual(places);
  });

  it('never fails on strange text', () => {
    for (const text of ['', '🙂🙂', '"', "'; DROP", 'a'.repeat(5000), '\u{1F9F5} ÄÖÜ ß'])
      expect(() => understand({ text })).not.toThrow();
  });
});
