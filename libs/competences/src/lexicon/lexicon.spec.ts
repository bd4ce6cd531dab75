import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Lang } from '#libs/contracts';
import { analyseIn } from '../analysis.js';
import { Lexicon } from './lexicon.js';
import { ownLexiconSource } from './own-source.js';
import { type LexiconSource, trainLexicon } from './train.js';

const named = (it: string[], en: string[], de: string[], fr: string[], descriptions = {}): LexiconSource => ({
  labels: { it, en, de, fr },
  descriptions,
});

// Invented; every word stands beside several others, so that only counting tells which belongs to which.
const CORPUS: LexiconSource[] = [
  named(['formaggio fresco'], ['fresh cheese'], ['frischer Käse'], ['fromage frais']),
  named(['formaggio stagionato'], ['aged cheese'], ['gereifter Käse'], ['fromage affiné']),
  named(['vino fresco'], ['fresh wine'], ['frischer Wein'], ['vin frais']),
  named(['vino stagionato'], ['aged wine'], ['gereifter Wein'], ['vin affiné']),
  named(['cantina'], ['cellar'], ['Keller'], ['cave'], {
    it: 'La cantina custodisce il vino.',
    de: 'Der Keller bewahrt den Wein auf.',
  }),
  named(['cantina del formaggio'], ['cheese cellar'], ['Käsekeller'], ['cave à fromage']),
];

const stemOf = (word: string, lang: Lang) => analyseIn(word, lang).stems[0] ?? '';
const best = (lexicon: Lexicon, word: string, from: Lang, to: Lang) =>
  lexicon.translate(stemOf(word, from), from, to)[0]?.stem;

describe('A lexicon', () => {
  const lexicon = trainLexicon(CORPUS);

  it('learns which word is which from names and descriptions in several languages', () => {
    expect(best(lexicon, 'formaggio', 'it', 'en')).toBe(stemOf('cheese', 'en'));
    expect(best(lexicon, 'vino', 'it', 'de')).toBe(stemOf('Wein', 'de'));
    expect(best(lexicon, 'Wein', 'de', 'it')).toBe(stemOf('vino', 'it'));
    expect(best(lexicon, 'aged', 'en', 'fr')).toBe(stemOf('affiné', 'fr'));
    expect(best(lexicon, 'frais', 'fr', 'en')).toBe(stemOf('fresh', 'en'));
    expect(best(lexicon, 'cantina', 'it', 'de')).toBe(stemOf('Keller', 'de'));
  });

  it('uses texts in which all languages but two are missing', () => {
    const onlyTwo = trainLexicon([named(['ruggine'], [], ['Rost'], [])]);
    expect(best(onlyTwo, 'ruggine', 'it', 'de')).toBe('rost');
    expect(onlyTwo.translate('rost', 'de', 'en')).toEqual([]);
  });

  it('learns from names beside the preferred one', () => {
    const beside = trainLexicon([
      ...CORPUS,
      named(['cantina', 'ruggine'], [], ['Keller', 'Rost'], []),
      named(['vino', 'ruggine'], [], ['Wein', 'Rost'], []),
    ]);
    expect(best(beside, 'ruggine', 'it', 'de')).toBe('rost');
  });

  it('tells words that always stand together apart by their spelling', () => {
    const together = trainLexicon([named(['motori e sensori'], [], ['Sensoren und Motoren'], [])]);
    expect(best(together, 'sensori', 'it', 'de')).toBe(stemOf('Sensoren', 'de'));
    expect(best(together, 'motori', 'it', 'de')).toBe(stemOf('Motoren', 'de'));
  });

  it('tells words that always stand together apart by their place in the sentence', () => {
    const it = 'Avvita il coperchio, poi lucida lo specchio, infine pesa la merce.';
    const de = 'Schraubt den Deckel fest, poliert den Spiegel und wiegt zuletzt die Ware.';
    const placed = trainLexicon([named([], [], [], [], { it, de })]);
    expect(best(placed, 'coperchio', 'it', 'de')).not.toBe('war');
    expect(best(placed, 'merce', 'it', 'de')).toBe('war');
  });

  it('knows a German compound by its parts as well', () => {
    expect(lexicon.parts('kasekeller')).toEqual(['kas', 'kell']);
    expect(lexicon.stemsOf(analyseIn('Der Käsekeller', 'de'))).toEqual(['kasekell', 'kas', 'kell']);
    expect(lexicon.stemsOf(analyseIn('La cantina', 'it'))).toEqual(analyseIn('La cantina', 'it').stems);
  });

  it('translates a word that is translated inside a compound only', () => {
    const inside = trainLexicon([
      named(['motore'], [], ['Motor'], []),
      named(['cantina del motore'], [], ['Motorkeller'], []),
      named([], [], ['Keller'], []),
    ]);
    expect(inside.translate(stemOf('Keller', 'de'), 'de', 'it')[0]?.stem).toBe(stemOf('cantina', 'it'));
  });

  it('gives no word more than its whole weight when it is made', () => {
    for (const word of ['formagg', 'cantin', 'fresc', 'stagion', 'vin']) {
      const weights = lexicon.translate(word, 'it', 'de').map(({ weight }) => weight);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(1);
    }
  });

  it('has no translation of a word it never met, and the word itself in the same language', () => {
    expect(lexicon.translate('locomotiv', 'it', 'de')).toEqual([]);
    expect(lexicon.translate('locomotiv', 'it', 'it')).toEqual([{ stem: 'locomotiv', weight: 1 }]);
  });

  it('is the same after it was written and read', () => {
    const again = Lexicon.fromBuffer(lexicon.toBuffer());
    for (const from of LANGUAGES) {
      for (const to of LANGUAGES) {
        for (const word of ['formagg', 'cheese', 'chees', 'kas', 'fromag', 'vin', 'wein'])
          expect(again.translate(word, from, to)).toEqual(lexicon.translate(word, from, to));
      }
      expect(again.size(from)).toBe(lexicon.size(from));
    }
    expect(again.parts('kasekeller')).toEqual(lexicon.parts('kasekeller'));
    expect(again.toBuffer().equals(lexicon.toBuffer())).toBe(true);
  });

  it('keeps letters beyond the basic plane when it is written', () => {
    const gothic = trainLexicon([named(['𐌰𐌱𐌲𐌳', '𐌰𐌱𐌴𐌵'], [], ['rune', 'runen'], [])]);
    const again = Lexicon.fromBuffer(gothic.toBuffer());
    expect(again.translate('𐌰𐌱𐌴𐌵', 'it', 'de')).toEqual(gothic.translate('𐌰𐌱𐌴𐌵', 'it', 'de'));
    expect(again.translate('𐌰𐌱𐌴𐌵', 'it', 'de')).not.toEqual([]);
  });

  it('refuses bytes that are something else or end too early', () => {
    expect(() => Lexicon.fromBuffer(Buffer.from('something else entirely'))).toThrow('not a lexicon');
    const bytes = lexicon.toBuffer();
    expect(() => Lexicon.fromBuffer(bytes.subarray(0, bytes.length - 9))).toThrow('too early');
  });

  it('tells how far the learning is', () => {
    const seen: [number, number][] = [];
    trainLexicon(CORPUS, { onProgress: (done, of) => seen.push([done, of]) });
    const shares = seen.map(([done, of]) => done / of);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
});

describe('The shipped lexicon', () => {
  const lexicon = Lexicon.own();

  it('belongs to the committed taxonomy (else: npm run lexicon -- build)', () => {
    const shipped = readFileSync(new URL('./own.lexicon', import.meta.url));
    expect(trainLexicon(ownLexiconSource()).toBuffer().equals(shipped)).toBe(true);
  });

  it('gives no word more than its whole weight, the surest translation first', () => {
    for (const { labels } of ownLexiconSource()) {
      for (const from of LANGUAGES) {
        for (const stem of labels[from].flatMap((label) => analyseIn(label, from).stems)) {
          for (const to of LANGUAGES) {
            const weights = lexicon.translate(stem, from, to).map(({ weight }) => weight);
            expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThanOrEqual(1 + 1e-9);
            expect(weights).toEqual(weights.toSorted((a, b) => b - a));
          }
        }
      }
    }
  });

  const PAIRS: [string, Lang, string, Lang][] = [
    ['filato', 'it', 'Garn', 'de'],
    ['filato', 'it', 'yarn', 'en'],
    ['filati', 'it', 'Garn', 'de'],
    ['Spritzguss', 'de', 'stampaggio', 'it'],
    ['Spritzguss', 'de', 'iniezione', 'it'],
    ['stampi', 'it', 'Formenbau', 'de'],
    ['macchina', 'it', 'Maschine', 'de'],
    ['formaggio', 'it', 'Käse', 'de'],
    ['Käse', 'de', 'fromage', 'fr'],
    ['orologi', 'it', 'Uhrenindustrie', 'de'],
    ['montre', 'fr', 'orologi', 'it'],
    ['tessuto', 'it', 'tissu', 'fr'],
    ['tessuti', 'it', 'Gewebe', 'de'],
    ['Werkzeugmaschinen', 'de', 'machine', 'en'],
    ['Bildverarbeitung', 'de', 'visione', 'it'],
    ['imballaggio', 'it', 'Verpackung', 'de'],
    ['legno', 'it', 'Holz', 'de'],
    ['bois', 'fr', 'Holz', 'de'],
    ['brevetti', 'it', 'patent', 'en'],
    ['brevetto', 'it', 'Patent', 'de'],
    ['Färberei', 'de', 'tintoria', 'it'],
    ['saldatura', 'it', 'schweissen', 'de'],
    ['tornitura', 'it', 'turning', 'en'],
    ['Drehen', 'de', 'tornitura', 'it'],
    ['fresatura', 'it', 'milling', 'en'],
    ['seta', 'it', 'Seide', 'de'],
    ['rifiuti', 'it', 'Abfall', 'de'],
    ['qualità', 'it', 'Qualität', 'de'],
    ['qualità', 'it', 'quality', 'en'],
    ['magazzino', 'it', 'Lager', 'de'],
    ['sensori', 'it', 'sensors', 'en'],
    ['cosmetici', 'it', 'Kosmetik', 'de'],
    ['fromage', 'fr', 'Käse', 'de'],
    ['bearing', 'en', 'cuscinetto', 'it'],
  ];
  it.each(PAIRS)('knows %s (%s) as %s (%s)', (word, from, other, to) => {
    const found = lexicon.translate(stemOf(word, from), from, to).map(({ stem }) => stem);
    expect(found).toContain(stemOf(other, to));
  });

  it('stays below a megabyte', () => {
    expect(lexicon.toBuffer().length).toBeLessThan(1_000_000);
  });
});
