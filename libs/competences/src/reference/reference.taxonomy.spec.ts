import { beforeAll, describe, expect, it } from '@jest/globals';
import { analyse } from '../analysis.js';
import { ReferenceTaxonomy } from './reference.taxonomy.js';
import type { ReferenceConcept } from './reference-concept.js';

const none = { it: [], en: [], de: [], fr: [] };
const concept = (
  id: string,
  labels: Partial<ReferenceConcept['labels']>,
  more: Partial<ReferenceConcept> = {},
): ReferenceConcept => ({ id, kind: 'skill', broader: [], ...more, labels: { ...none, ...labels } });

/** Invented, in the manner of an official classification. */
const CONCEPTS: ReferenceConcept[] = [
  concept('g:crafts', { en: ['crafts'], it: ['artigianato'] }, { kind: 'group' }),
  concept('g:care', { en: ['care of things'] }, { kind: 'group', broader: ['g:crafts'] }),
  concept(
    's:baskets',
    { en: ['weave willow baskets', 'plait baskets'], it: ['intrecciare cesti di vimini'] },
    { broader: ['g:crafts', 'g:care'] },
  ),
  concept(
    's:bells',
    { en: ['tune church bells', 'bell tuning'], de: ['Kirchenglocken stimmen', 'Glocken einstellen'] },
    { broader: ['g:care'] },
  ),
  concept(
    's:check',
    { en: ['check the quality of bells'], de: ['Qualitätsprüfung'], fr: ['contrôle de la qualité'] },
    { broader: ['g:care'] },
  ),
  concept('s:lamps', { en: ['repair oil lamps'] }, { broader: ['s:baskets'] }),
  concept('s:looms', { en: ['operate hand looms', 'hand loom operation'], it: ['usare telai a mano'] }),
  concept('s:twin-a', { en: ['polish antique spoons'] }),
  concept('s:twin-b', { en: ['polish antique spoons'] }),
  concept('s:exam', { de: ['Prüfung der Glocken'] }),
  concept('s:good', { de: ['Qualität der Körbe'] }),
  concept('s:ideas', { en: ['experiment'] }),
  concept('s:spa', { en: ['spa products'] }),
  concept(
    'o:baskets',
    { en: ['basket weaver', 'weave willow baskets'], it: ['cestaia/cestaio'] },
    { kind: 'occupation', code: '7317.1' },
  ),
];

let taxonomy: ReferenceTaxonomy;
beforeAll(async () => {
  taxonomy = await ReferenceTaxonomy.build(CONCEPTS, 'v1');
});

describe('An imported taxonomy', () => {
  it('gives back what was imported', async () => {
    expect(taxonomy.size).toBe(CONCEPTS.length);
    expect(taxonomy.version).toBe('v1');
    for (const one of CONCEPTS) expect(taxonomy.get(one.id)).toEqual(one);
    expect(taxonomy.get('no-such')).toBeUndefined();
    expect(taxonomy.get('__proto__')).toBeUndefined();
    expect(taxonomy.kind('o:baskets')).toBe('occupation');
    expect((await ReferenceTaxonomy.build([...CONCEPTS, concept('s:bells', { en: ['other'] })], 'v2')).size).toBe(14);
  });

  it('keeps many labels with accents apart from each other', async () => {
    const many = Array.from({ length: 3_000 }, (_, at) =>
      concept(`s:${at}`, { fr: [`tâche n° ${at} à l’été`, `façon ${at}`] }),
    );
    const large = await ReferenceTaxonomy.build(many, 'large');
    expect(large.labels('s:0', 'fr')).toEqual(['tâche n° 0 à l’été', 'façon 0']);
    expect(large.labels('s:2999', 'fr')).toEqual(['tâche n° 2999 à l’été', 'façon 2999']);
    expect(large.search('facon 1234', 'fr')[0]?.id).toBe('s:1234');
  });

  it('is empty when nothing is in it', async () => {
    const empty = await ReferenceTaxonomy.build([], 'none');
    expect(empty.size).toBe(0);
    expect(empty.search('bells', 'en')).toEqual([]);
    expect(empty.rank('tune bells', 'en', { limit: 5 })).toEqual([]);
    expect(empty.resolve('bells')).toBeUndefined();
  });

  it('names a concept in the language asked for, else in English, else in whatever there is', () => {
    expect(taxonomy.label('s:baskets', 'it')).toBe('intrecciare cesti di vimini');
    expect(taxonomy.label('s:lamps', 'it')).toBe('repair oil lamps');
    expect(taxonomy.labels('s:lamps', 'it')).toEqual([]);
    expect(taxonomy.label('no-such', 'it')).toBeUndefined();
  });

  it('knows how near two concepts are, over every wider concept', () => {
    expect(taxonomy.relation('s:bells', 's:bells')).toBe(1);
    expect(taxonomy.relation('s:lamps', 's:baskets')).toBe(0.6);
    expect(taxonomy.relation('g:care', 's:baskets')).toBe(0.6);
    expect(taxonomy.relation('s:baskets', 's:check')).toBe(0.3);
    expect(taxonomy.relation('s:looms', 's:check')).toBe(0);
    expect(taxonomy.relation('s:looms', 'no-such')).toBe(0);
  });

  it('lists the wider concepts from near to far, each once, even where they go round in a circle', async () => {
    expect(taxonomy.ancestors('s:lamps')).toEqual(['s:baskets', 'g:crafts', 'g:care']);
    const round = await ReferenceTaxonomy.build(
      [concept('a', {}, { broader: ['b'] }), concept('b', {}, { broader: ['a', 'left-out'] })],
      'round',
    );
    expect(round.ancestors('a')).toEqual(['b']);
  });

  it('resolves a label of any language, case and accents aside, a skill before an occupation', () => {
    expect(taxonomy.resolve('QUALITATSPRUFUNG')).toBe('s:check');
    expect(taxonomy.resolve('controle de la qualite')).toBe('s:check');
    expect(taxonomy.resolve('weave willow baskets')).toBe('s:baskets');
    expect(taxonomy.resolve('basket weaver')).toBe('o:baskets');
    expect(taxonomy.resolve('s:bells')).toBe('s:bells');
    expect(taxonomy.resolve('weave willow')).toBeUndefined();
    expect(taxonomy.resolve(' ')).toBeUndefined();
  });
});

describe('Autocomplete over an imported taxonomy', () => {
  const ids = (query: string, lang: 'it' | 'en' | 'de' | 'fr' = 'en') =>
    taxonomy.search(query, lang, 5).map(({ id }) => id);

  it('finds labels by their beginning and shows them in the language asked for', () => {
    expect(taxonomy.search('weave wil', 'it', 5)).toEqual([
      {
        id: 's:baskets',
        label: 'intrecciare cesti di vimini',
        lang: 'it',
        broader: 'g:crafts',
        matched: { label: 'weave willow baskets', lang: 'en' },
        slip: false,
      },
    ]);
  });

  it('finds words anywhere in a label, in any order', () => {
    expect(ids('baskets')).toEqual(['s:baskets']);
    expect(ids('looms hand')).toEqual(['s:looms']);
    expect(ids('quality bel')).toEqual(['s:check']);
  });

  it('puts whole labels first, then beginnings, then words', () => {
    expect(ids('bell tuning')[0]).toBe('s:bells');
    expect(ids('check').concat(ids('bells'))).toEqual(['s:check', 's:bells', 's:check']);
  });

  it('forgives slips of the pen, and says so', () => {
    expect(taxonomy.search('Kirchenglokcen', 'de', 5)[0]).toMatchObject({ id: 's:bells', slip: true });
    expect(ids('willw bakets')).toEqual(['s:baskets']);
  });

  it('offers skills, or what else is asked for', () => {
    expect(taxonomy.search('cestaia', 'it', 5)).toEqual([]);
    expect(taxonomy.search('cestaia', 'it', 5, ['occupation'])).toHaveLength(1);
  });

  it('finds nothing for nothing, and no more than asked for', () => {
    for (const query of ['', '  ', '🙂', 'zzzzzz', 'x'.repeat(5_000)]) expect(ids(query)).toEqual([]);
    expect(taxonomy.search('s', 'en', 1)).toHaveLength(1);
    expect(taxonomy.search('s', 'en', 0)).toEqual([]);
  });
});

describe('Ranking the concepts of a text', () => {
  const rank = (text: string, lang: 'it' | 'en' | 'de' | 'fr' = 'en', more = {}) =>
    taxonomy.rank(text, lang, { limit: 5, kinds: ['skill'], ...more });

  it('puts first the concept of which a label is covered best, with the words as they stand in the text', () => {
    const [first, second] = rank('We look for a person who can Tune our old CHURCH bells every spring.');
    expect(first).toMatchObject({ id: 's:bells', label: 'tune church bells', words: ['Tune', 'CHURCH', 'bells'] });
    expect(first?.score).toBeGreaterThan(second?.score ?? 0);
    expect(first?.score).toBeLessThanOrEqual(1);
  });

  it('takes the words from where those of a label stand closest together', () => {
    const [first] = rank('A Hand is free where many OPERATE machines; later they operate hand looms.');
    expect(first).toMatchObject({ id: 's:looms', words: ['operate', 'hand', 'looms'] });
  });

  it('gives more for the words of a label side by side than for the same ones far apart', () => {
    const near = rank('spoons antique carpets mirrors tables chairs')[0];
    const far = rank('spoons carpets mirrors tables chairs antique')[0];
    expect(near?.id).toBe(far?.id);
    expect(near?.score).toBeGreaterThan(far?.score ?? 1);
  });

  it('gives little for a word that only the stemmer takes for the one of the label', () => {
    const score = (text: string) => rank(text).find(({ id }) => id === 's:ideas')?.score ?? 0;
    expect(score('some experiments')).toBeGreaterThan(0.5);
    expect(score('some experience')).toBeLessThan(score('some experiments') / 2);
  });

  it('finds a German compound by its parts and the parts by a compound', () => {
    expect(rank('Prüfung der Qualität', 'de')[0]).toMatchObject({ id: 's:check' });
    expect(rank('Glockenprüfung', 'de')[0]).toMatchObject({ id: 's:exam', words: ['Glockenprüfung'] });
    expect(rank('Qualitätsverbesserungsmassnahmen', 'de')[0]).toMatchObject({ id: 's:good' });
  });

  it('finds a word with a slip of the pen by its letters', () => {
    expect(rank('intreciare cesti', 'it')[0]).toMatchObject({ id: 's:baskets', words: ['intreciare', 'cesti'] });
  });

  it('lets English labels answer only for what the language does not name', () => {
    expect(rank('repair oil lamps', 'it')[0]).toMatchObject({ id: 's:lamps', label: 'repair oil lamps' });
    expect(rank('weave willow baskets', 'it').map(({ id }) => id)).not.toContain('s:baskets');
  });

  it('does not take a label for covered when part of it is a word that texts do without', () => {
    expect(rank('new products')[0]?.score ?? 0).toBeLessThan(0.5);
  });

  it('ranks only the kinds, the number and the scores that are asked for', () => {
    expect(rank('weave willow baskets', 'en', { kinds: ['occupation'] }).map(({ id }) => id)).toEqual(['o:baskets']);
    expect(rank('bells baskets looms lamps', 'en', { limit: 2 })).toHaveLength(2);
    expect(rank('bells', 'en', { minScore: 0.99 })).toEqual([]);
  });

  it('orders equal ones by id, whatever the order of the import', async () => {
    const turned = await ReferenceTaxonomy.build([...CONCEPTS].reverse(), 'turned');
    for (const one of [taxonomy, turned]) {
      const found = one.rank('polish antique spoons', 'en', { limit: 5 });
      expect(found.slice(0, 2).map(({ id }) => id)).toEqual(['s:twin-a', 's:twin-b']);
      expect(found[0]?.score).toBe(found[1]?.score);
    }
  });

  it('takes a finished analysis as well as a text', () => {
    const text = 'hand looms and church bells';
    expect(taxonomy.rank(analyse(text, 'en'), 'en', { limit: 3 })).toEqual(taxonomy.rank(text, 'en', { limit: 3 }));
  });

  it('answers anything that somebody types', () => {
    for (const text of ['', '   ', '🙂🙂', '\u0000\ud800', 'a'.repeat(50_000), '& % $', '中文字'])
      expect(rank(text)).toEqual([]);
  });
});
