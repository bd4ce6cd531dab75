import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ReferenceConcept, ReferenceTaxonomy } from '#libs/competences';
import type { ExpertFacts } from '#libs/contracts';
import type { Copy } from '../index/features.js';
import {
  candidate,
  competence,
  copy,
  evidence,
  frequenciesOf,
  inWords,
  need,
  READING,
  readingWith,
  scaleOf,
} from './people.fixture.js';
import { WEIGHTS } from './ranking.weights.js';
import type { Reading } from './reading.js';
import { type Contribution, score } from './score.js';
import { textValue } from './text.part.js';
import type { NeedWords } from './understanding.js';

/** Text parts of some people for one need, all in one evidence. */
function compared(words: NeedWords, people: readonly Copy[], reading: Reading = READING): Contribution[][] {
  const frequencies = frequenciesOf(people);
  const scale = scaleOf(frequencies, reading);
  const wanted = need(words, {}, reading);
  return people.map((one) => textValue(wanted, candidate(one, frequencies).offers.evidence, scale).contributions());
}

const sum = (contributions: readonly Contribution[] | undefined) =>
  contributions!.reduce((all, one) => all + one.weight, 0);
const written = (...texts: string[]): Copy =>
  copy({ languages: ['en'], evidence: texts.map((text, at) => evidence(String(at + 1), text)) });
const declaring = (labels: string[], languages: ExpertFacts['languages'] = ['it']): Copy =>
  copy({ languages, competences: labels.map(inWords) });

describe('The text part', () => {
  it('lets words met together weigh more than one of them many times', () => {
    const [both, one] = compared({ text: 'quokka zyzzyva', lang: 'en' }, [
      written('A quokka and a zyzzyva behind the old mill'),
      written('A quokka, quokka, quokka behind the old mill'),
    ]);
    expect(sum(both)).toBeGreaterThan(1.1 * sum(one));
  });

  it('lets a rare word weigh more than one that many have', () => {
    const [rare, common] = compared({ text: 'quokka zyzzyva', lang: 'en' }, [
      written('A quokka at home'),
      written('A zyzzyva at home'),
      ...Array.from({ length: 40 }, () => written('A zyzzyva abroad')),
    ]);
    expect(sum(rare)).toBeGreaterThan(sum(common));
  });

  it('takes words of every field alone for no likeness, and counts them beside others', () => {
    const [alone, beside] = compared({ text: 'sistemi per il controllo della zyzzyva', lang: 'it' }, [
      copy({ text: 'Sistemi di controllo.' }),
      copy({ text: 'Sistemi di controllo e zyzzyva.' }),
    ]);
    expect(alone).toEqual([]);
    expect(beside).toMatchObject([{ params: { words: expect.arrayContaining(['sistemi', 'controllo']) } }]);
  });

  it('meets a word inside a compound and with another ending by its letters, where the evidence is short', () => {
    const [compound, other, long] = compared({ text: 'Spritzgusswerkzeuge', lang: 'de' }, [
      declaring(['Spritzgiesswerkzeug'], ['de']),
      declaring(['Buchhaltung'], ['de']),
      copy({ languages: ['de'], text: `Spritzgiesswerkzeug und ${'vieles ganz andere dazu steht hier. '.repeat(6)}` }),
    ]);
    expect(compound).toMatchObject([{ code: 'text-alike', params: { evidence: { title: 'Spritzgiesswerkzeug' } } }]);
    expect(sum(other)).toBe(0);
    expect(sum(long)).toBeLessThan(sum(compound) / 2);
  });

  it('finds in another language what the lexicon translates, and does not call it a word in common', () => {
    const [meant, other] = compared({ text: 'saldatura', lang: 'it' }, [
      declaring(['welding'], ['en']),
      declaring(['bookkeeping'], ['en']),
    ]);
    expect(meant).toMatchObject([{ code: 'text-meant', params: { words: ['saldatura'] } }]);
    expect(sum(other)).toBe(0);
  });

  it('meets names and terms of science in evidence of another language', () => {
    const english = copy({ languages: ['en'], text: 'We study the zyzzyvation and what they are good for.' });
    const [found] = compared({ text: 'zyzzyvations per quokka', lang: 'it' }, [english]);
    expect(found![0]).toMatchObject({ code: 'text-match', params: { words: ['zyzzyvations'] } });
  });

  it('takes a word that nothing translates as met where the evidence shows the competence it led to', () => {
    const lexicon = { translate: () => [], parts: () => [], stemsOf: READING.lexicon.stemsOf.bind(READING.lexicon) };
    const german = copy({ languages: ['de'], text: 'Wir schweissen Behälter für Kessel und Tanks.' });
    const [meant] = compared({ text: 'saldatura', lang: 'it' }, [german], { ...READING, lexicon });
    expect(meant![0]).toMatchObject({ code: 'text-meant', params: { words: ['saldatura'] } });
  });

  it('counts a competence once, by whichever of its names is nearest', () => {
    const [twice, once, different] = compared({ text: 'quokka zyzzyva', lang: 'it' }, [
      copy({
        competences: [competence('welding', 'expert', 'quokka zyzzyva'), competence('welding', 'expert', 'quokka')],
      }),
      copy({ competences: [competence('welding', 'expert', 'quokka zyzzyva')] }),
      copy({ competences: [inWords('quokka zyzzyva'), inWords('quokka')] }),
    ]);
    expect(twice).toHaveLength(1);
    expect(sum(twice)).toBeCloseTo(sum(once), 8);
    expect(sum(different)).toBeGreaterThan(sum(once));
  });

  it('counts a further name of a competence less than the first', () => {
    const names = (first: string, second: string) =>
      copy({ competences: [competence('welding', 'expert', first), competence('welding', 'expert', second)] });
    const [first, second] = compared({ text: 'quokka zyzzyva', lang: 'it' }, [
      names('quokka zyzzyva', 'tapiri'),
      names('tapiri', 'quokka zyzzyva'),
    ]);
    expect(sum(second)).toBeLessThan(sum(first));
    expect(sum(second)).toBeGreaterThan(0.7 * sum(first));
  });

  it('adds less with each further piece of evidence, and less than everything in all', () => {
    const people = [1, 2, 3, 12].map((count) => written(...Array.from({ length: count }, () => 'Quokka zyzzyva')));
    const [one, two, three, many] = compared({ text: 'quokka zyzzyva', lang: 'en' }, people).map(sum) as [
      number,
      number,
      number,
      number,
    ];
    expect(two).toBeGreaterThan(one);
    expect(three).toBeGreaterThan(two);
    expect(three - two).toBeLessThan(two - one);
    expect(many).toBeGreaterThan(three);
    expect(many).toBeLessThan(1);
  });

  it('lets one near piece say more than many far ones', () => {
    const far = Array.from({ length: 8 }, (_, at) => `A zyzzyva among ${'quite other things '.repeat(12)} ${at}`);
    const [near, many] = compared({ text: 'quokka zyzzyva okapi', lang: 'en' }, [
      written('Quokka, zyzzyva, okapi'),
      written(...far),
    ]);
    expect(sum(near)).toBeGreaterThan(sum(many));
  });
});

describe('The text part with an imported taxonomy', () => {
  const concept = (id: string, labels: Partial<ReferenceConcept['labels']>, broader: string[] = []) => ({
    id,
    kind: 'skill' as const,
    broader,
    labels: { it: [], en: [], de: [], fr: [], ...labels },
  });
  let reading: Reading;
  beforeAll(async () => {
    // Invented, in the manner of an official classification.
    const concepts = [
      concept('x:crafts', { en: ['handicraft'], it: ['artigianato'] }),
      concept('x:baskets', { en: ['weave willow baskets'], it: ['intrecciare cesti di vimini'] }, ['x:crafts']),
      concept('x:bells', { en: ['tune church bells'], it: ['accordare campane'] }),
    ];
    reading = readingWith(await ReferenceTaxonomy.build(concepts, 'test'));
  });

  it('finds what both speak of, without a word in common, and names it', () => {
    const english = (label: string) => copy({ languages: ['en'], competences: [inWords(label)] }, reading);
    const [related, other] = compared(
      { text: 'intrecciare cesti di vimini', lang: 'it' },
      [english('weave willow baskets'), english('tune church bells')],
      reading,
    );
    expect(related).toContainEqual(
      expect.objectContaining({
        code: 'text-related',
        params: expect.objectContaining({ through: expect.arrayContaining(['x:baskets']) }),
      }),
    );
    expect(sum(related)).toBeGreaterThan(0.3);
    expect(sum(other)).toBeLessThan(sum(related) / 3);
  });

  it('lets imported concepts say something of texts in the need’s language, and next to nothing of others', () => {
    const others = ' quokka okapi zyzzyva axolotl numbat bilby quagga fossa tenrec solenodon gharial kakapo';
    const text = `We weave willow baskets at the lake and in the mill.${others.repeat(2)}`;
    const testo = `Intrecciare cesti di vimini al lago e nel mulino.${others.repeat(2)}`;
    const [english, italian] = compared(
      { text: 'willow weaving of baskets', lang: 'en' },
      [
        copy({ languages: ['en'], evidence: [evidence('1', text)] }, reading),
        copy({ languages: ['it'], evidence: [evidence('1', testo)] }, reading),
      ],
      reading,
    );
    const related = (list: readonly Contribution[] | undefined) =>
      sum(list!.filter(({ code }) => code === 'text-related'));
    expect(related(english)).toBeGreaterThan(0.1);
    expect(related(italian)).toBeLessThan(0.06);
  });

  it('leaves to own competences a part of what they say, and the rest to what was imported', () => {
    const holder = (by?: Reading) => copy({ competences: [competence('machine-vision')] }, by);
    const competences = (by: Reading) => {
      const frequencies = frequenciesOf([holder(by)]);
      const wanted = need({ text: 'visione artificiale e cesti di vimini', lang: 'it' }, {}, by);
      return score(wanted, candidate(holder(by), frequencies), scaleOf(frequencies, by)).parts.competences;
    };
    expect(competences(reading)).toBeCloseTo(WEIGHTS.besideReference * competences(READING), 3);
  });
});
