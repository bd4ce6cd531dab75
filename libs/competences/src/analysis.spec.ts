import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { analyse, analyseIn, TEXT_LIMIT } from './analysis.js';

const folded = (text: string, lang?: 'it' | 'en' | 'de' | 'fr') =>
  analyse(text, lang).tokens.map((token) => token.folded);

describe('analysis of a text', () => {
  it.each([
    ['Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti', 'it'],
    ['We are looking for somebody who knows dyeing of cotton yarns', 'en'],
    ['Wir suchen jemanden für die Prüfung von Schweissnähten', 'de'],
    ['Nous cherchons un partenaire pour la teinture de nos tissus', 'fr'],
    ['Cerco partner per machine learning su PLC', 'it'],
    ['Vogliamo un digital twin e un sistema MES per la nostra smart factory', 'it'],
  ] as const)('tells the language of «%s»', (text, lang) => {
    expect(analyse(text).lang).toBe(lang);
  });

  it('takes the hint where a text is too short to tell, and Italian where there is none', () => {
    expect(analyse('laser', 'de').lang).toBe('de');
    expect(analyse('PLC').lang).toBe('it');
    expect(analyse('', 'fr').lang).toBe('fr');
  });

  it.each([
    ['soft robotics', 'en'],
    ['retail', 'en'],
    ['machine learning', 'en'],
    ['machine vision', 'en'],
    ['welding', 'en'],
    ['injection moulding', 'en'],
    ['saldatura', 'it'],
    ['export vino', 'it'],
    ['marketing digitale', 'it'],
    ['Spritzguss', 'de'],
    ['Werkzeugbau', 'de'],
    ['soudage', 'fr'],
    ['brevets', 'fr'],
    ['fromage', 'fr'],
    ['horlogerie', 'fr'],
  ] as const)('tells the language of a few words by the terms they are: «%s»', (text, lang) => {
    expect(analyse(text).lang).toBe(lang);
  });

  it('lets a whole sentence overrule a wrong hint', () => {
    expect(analyse('Wir suchen einen Partner für die Herstellung von Formen', 'it').lang).toBe('de');
  });

  it.each(["l'automazione dell'azienda", 'l’automazione dell’azienda', "un'automazione d'azienda"])(
    'drops the elided article of «%s»',
    (text) => {
      expect(folded(text, 'it')).toEqual(['automazione']);
    },
  );

  it('drops French elisions', () => {
    expect(folded("qu'est-ce que l'usinage d'aluminium", 'fr')).toEqual(['usinage', 'aluminium']);
  });

  it('finds the same words with and without accents, in any case', () => {
    expect(analyseIn('QUALITÀ', 'it').stems).toEqual(analyseIn('qualita', 'it').stems);
    expect(analyseIn('Oberflächen', 'de').stems).toEqual(analyseIn('oberflachen', 'de').stems);
    expect(analyseIn('contrôlés', 'fr').stems).toEqual(analyseIn('controles', 'fr').stems);
  });

  it('gives singular and plural one stem', () => {
    expect(analyseIn('tessuto', 'it').stems).toEqual(analyseIn('tessuti', 'it').stems);
    expect(analyseIn('robots', 'en').stems).toEqual(analyseIn('robot', 'en').stems);
  });

  it('reads American English as British', () => {
    expect(analyseIn('injection molding of fibers, optimization, color', 'en').stems).toEqual(
      analyseIn('injection moulding of fibres, optimisation, colour', 'en').stems,
    );
    expect(analyseIn('size', 'en').stems).not.toEqual(analyseIn('sise', 'en').stems);
  });

  it('keeps AI as an acronym and never takes the preposition «ai» for it', () => {
    expect(folded('Applichiamo AI ai nostri processi', 'it')).toContain('AI');
    expect(folded('diamo ai nostri clienti retail più scelta', 'it')).not.toContain('AI');
    expect(folded('diamo ai nostri clienti retail più scelta', 'it')).not.toContain('ai');
    expect(folded('Ai clienti', 'it')).toEqual(['clienti']);
  });

  it('does not read acronyms into a sentence written in capitals', () => {
    expect(folded('DIAMO AI NOSTRI CLIENTI TESSUTI MIGLIORI DI QUELLI DI PRIMA', 'it')).not.toContain('AI');
  });

  it('leaves out the words that every need has', () => {
    expect(folded('Cerchiamo un esperto e una azienda partner per collaborazione su stampi', 'it')).toEqual(['stampi']);
    expect(folded('looking for an expert company in welding', 'en')).toEqual(['welding']);
    expect(folded('Firma sucht Experten für Spritzguss', 'de')).toEqual(['spritzguss']);
    expect(folded('nous recherchons un partenaire en soudage', 'fr')).toEqual(['soudage']);
  });

  it('keeps e-commerce, 4.0 and 3D in one piece', () => {
    expect(folded('e-commerce, Industria 4.0 e stampa 3D', 'it')).toEqual([
      'ecommerce',
      'industria',
      '4.0',
      'stampa',
      '3d',
    ]);
  });

  it('keeps the words as they stand in the text and their places', () => {
    const [first, second] = analyse('Saldatura e Tornitura', 'it').tokens;
    expect(first).toMatchObject({ surface: 'Saldatura', position: 0 });
    expect(second).toMatchObject({ surface: 'Tornitura', position: 2 });
  });

  it('looks at no more than the first 20,000 characters', () => {
    expect(folded(`${'tessuti '.repeat(TEXT_LIMIT / 8)}saldatura`, 'it')).not.toContain('saldatura');
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { tokens, stems } = analyse(text);
        expect(stems).toHaveLength(tokens.length);
      }),
    );
    for (const text of ['', '🙂🧵🤖', '\ud800', '\0', 'a\u0301'.repeat(500), '-'.repeat(9_000), "'".repeat(9_000)])
      analyse(text);
  });
});
