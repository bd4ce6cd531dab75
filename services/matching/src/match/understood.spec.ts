import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ReferenceConcept, ReferenceTaxonomy, Taxonomy } from '#libs/competences';
import type { Lang } from '#libs/contracts';
import { need, READING, readingWith } from './people.fixture.js';
import type { Reading } from './reading.js';
import type { NeedWords } from './understanding.js';
import { understoodIn } from './understood.js';

const VISION = Taxonomy.own().get('machine-vision')!.closeMatch![0]!;
const concept = (id: string, it: string[], en: string[], broader: string[] = []): ReferenceConcept => ({
  id,
  kind: 'skill',
  broader,
  labels: { it, en, de: [], fr: [] },
});
/** Invented, but for the one whose URI the own taxonomy names. */
const CONCEPTS = [
  concept(VISION, ['visione artificiale'], ['computer vision']),
  concept('http://example.org/skill/braiding', ['intrecciare paglia'], ['plait straw']),
  concept('http://example.org/skill/hats', ['modellare cappelli di paglia'], ['shape straw hats']),
  ...Array.from({ length: 12 }, (_, at) =>
    concept(`http://example.org/skill/straw-${at}`, [`raccogliere paglia ${at}`], [`harvest straw ${at}`]),
  ),
];

describe('What was understood', () => {
  let reading: Reading;
  const understood = (words: NeedWords, lang: Lang = 'it', by = reading) =>
    understoodIn(
      lang,
      { need: need(words, {}, by), type: 'expert', options: { limit: 1, now: new Date(0) } },
      { seek: 'experts' },
      by,
    );

  beforeAll(async () => {
    reading = readingWith(await ReferenceTaxonomy.build(CONCEPTS, 'invented'));
  });

  it('shows language and own competences with the words that led to them, in the reader’s language', () => {
    const { lang, competences } = understood({ text: 'Cerchiamo visione artificiale per cappelli' }, 'de', READING);
    expect(lang).toBe('it');
    expect(competences).toEqual([
      {
        id: 'machine-vision',
        label: 'Bildverarbeitung',
        words: ['visione', 'artificiale'],
        weight: expect.any(Number),
        source: 'own',
      },
    ]);
  });

  it('shows at most eight concepts of an imported taxonomy beside them, marked so, best first', () => {
    const { competences } = understood(
      { text: 'Cerchiamo chi sappia intrecciare paglia e usare la visione artificiale' },
      'en',
    );
    const imported = competences.filter((one) => one.source === 'imported');
    expect(imported.length).toBeLessThanOrEqual(8);
    const braiding = imported.find((one) => one.id === 'http://example.org/skill/braiding')!;
    expect(braiding).toMatchObject({ label: 'plait straw', words: ['intrecciare', 'paglia'] });
    const weights = imported.map((one) => one.weight);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(competences[0]).toMatchObject({ id: 'machine-vision', source: 'own' });
  });

  it('shows nothing but what was given where the caller corrects it', () => {
    const text = 'Cerchiamo chi sappia intrecciare paglia e usare la visione artificiale';
    const given = understood({ text, competences: ['http://example.org/skill/hats', 'patent-strategy'] });
    expect(given.competences.map(({ id, source, weight }) => [id, source, weight])).toEqual([
      ['patent-strategy', 'own', 1],
      ['http://example.org/skill/hats', 'imported', 1],
    ]);
  });

  it.each([
    ['an own id', 'machine-vision'],
    ['a label in another language', 'Bildverarbeitung'],
    ['the address of what means the same', VISION],
  ])('takes %s for the own competence', (_, name) => {
    for (const text of [undefined, 'un aiuto per la nostra linea']) {
      const { competences } = understood({ text, competences: [name] });
      expect(competences).toMatchObject([{ id: 'machine-vision', source: 'own' }]);
      expect(competences[0]!.words.join(' ')).not.toContain('http');
    }
    // Its address is known without an imported taxonomy too.
    expect(understood({ competences: [name] }, 'it', READING).competences).toMatchObject([{ id: 'machine-vision' }]);
  });

  it('takes an imported label for the imported concept, and looks for its words', () => {
    const found = need({ competences: ['shape straw hats'], lang: 'it' }, {}, reading);
    expect(found.imported).toMatchObject([{ id: 'http://example.org/skill/hats' }]);
    expect(found.terms.map((term) => term.word)).toEqual(expect.arrayContaining(['cappelli', 'paglia']));
    expect(found.profile?.get('http://example.org/skill/hats')).toBeGreaterThan(0.5);
  });

  it('means a given own competence also in the imported taxonomy', () => {
    expect([...need({ competences: ['machine-vision'] }, {}, reading).profile!.keys()]).toEqual([VISION]);
  });

  it('looks for no piece of an address that nobody knows', () => {
    const { terms, concepts } = need({ competences: ['http://data.europa.eu/esco/skill/nobody'] }, {}, reading);
    expect({ terms, concepts }).toEqual({ terms: [], concepts: [] });
  });
});
