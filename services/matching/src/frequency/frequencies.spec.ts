import { describe, expect, it } from '@jest/globals';
import type { Evidence, Features } from '../index/features.js';
import { copy, inWords, need } from '../match/people.fixture.js';
import { Phrasings } from '../match/phrasing.js';
import { type Count, Counts } from './counts.js';
import { FormIndex } from './form-index.js';
import { Frequencies } from './frequencies.js';

const piece = (stems: string[], more: Partial<Evidence> = {}): Evidence => ({
  id: 'x',
  kind: 'profile',
  title: null,
  lang: 'it',
  stems: stems.map((stem) => [stem, 1]),
  length: stems.length,
  concepts: [],
  ...more,
});
const features = (evidence: Evidence[], seeks: Evidence[] = []): Features => ({
  evidence,
  seeks,
  sectors: [],
  served: [],
});
const counted = (...list: Features[]): Count[] => {
  const counts = new Counts();
  for (const one of list) counts.add('expert', one);
  return counts.changes();
};
const frequenciesOf = (counts: readonly Count[]): Frequencies => {
  const frequencies = new Frequencies();
  frequencies.apply(counts);
  return frequencies;
};

describe('Counts', () => {
  it('hold each word once a piece, each competence once a subject, and what is sought as well', () => {
    const welding = { id: 'welding', strength: 0.8 };
    const one = features(
      [
        piece(['saldatur', 'robot'], { stems: [['saldatur', 3]], concepts: [welding] }),
        piece(['saldatur'], { concepts: [welding] }),
      ],
      [piece(['saldatur'])],
    );
    const counts = counted(one);
    expect(counts).toContainEqual({ kind: 'word', scope: 'it', key: 'saldatur', holders: 3 });
    expect(counts).toContainEqual({ kind: 'pieces', scope: 'it', key: '', holders: 3 });
    expect(counts).toContainEqual({ kind: 'concept', scope: 'expert', key: 'welding', holders: 1 });
    expect(counts).toContainEqual({ kind: 'subjects', scope: 'expert', key: '', holders: 1 });
  });

  it('hold the words of short pieces as they are written, and of long ones not', () => {
    const counts = counted(features([piece(['a'], { forms: ['saldature', 'saldature'] }), piece(['b'])]));
    expect(counts.filter(({ kind }) => kind === 'form' || kind === 'named')).toEqual([
      { kind: 'form', scope: 'it', key: 'saldature', holders: 1 },
      { kind: 'named', scope: 'it', key: '', holders: 1 },
    ]);
  });

  it('come to nothing where a change leaves things as they were', () => {
    const same = features([piece(['saldatur'], { forms: ['saldatura'] })]);
    expect(new Counts().add('expert', same, -1).add('expert', same).changes()).toEqual([]);
    const changed = features([piece(['saldatur', 'robot'], { forms: ['saldatura'] })]);
    expect(new Counts().add('expert', same, -1).add('expert', changed).changes()).toEqual([
      { kind: 'word', scope: 'it', key: 'robot', holders: 1 },
    ]);
  });
});

describe('Frequencies', () => {
  it('make what few have rarer than what many have, and what nobody has rarest', () => {
    const many = Array.from({ length: 20 }, (_, at) => features([piece(at < 2 ? ['comune', 'raro'] : ['comune'])]));
    const frequencies = frequenciesOf(counted(...many));
    expect(frequencies.word('it', 'raro')).toBeGreaterThan(2 * frequencies.word('it', 'comune'));
    expect(frequencies.word('it', 'ignoto')).toBeGreaterThan(frequencies.word('it', 'raro'));
    expect(frequencies.word('it', 'comune')).toBeGreaterThan(0);
  });

  it('take every language by itself', () => {
    const frequencies = frequenciesOf(counted(features([piece(['robot']), piece(['robot'], { lang: 'de' })])));
    expect([frequencies.pieces('it'), frequencies.pieces('de'), frequencies.pieces('fr')]).toEqual([1, 1, 0]);
    expect(frequencies.holdersOf('fr', 'robot')).toBe(0);
  });

  it('forget what nobody has any more', () => {
    const frequencies = frequenciesOf(counted(features([piece(['robot'], { forms: ['roboter'] }), piece(['altro'])])));
    const before = frequencies.word('it', 'altro');
    frequencies.apply([
      { kind: 'word', scope: 'it', key: 'robot', holders: 0 },
      { kind: 'form', scope: 'it', key: 'roboter', holders: 0 },
      { kind: 'named', scope: 'it', key: '', holders: 0 },
      { kind: 'pieces', scope: 'it', key: '', holders: 1 },
    ]);
    expect(frequencies.holdersOf('it', 'robot')).toBe(0);
    expect(frequencies.alike('it', 'robotern', 3)).toEqual([]);
    expect(frequencies.word('it', 'altro')).toBeLessThan(before);
  });

  it('know rare groups of letters from common ones', () => {
    const forms = ['schweissen', 'schweisser', 'schweissung', 'zyzzyva'];
    const frequencies = frequenciesOf(counted(...forms.map((form) => features([piece([form], { forms: [form] })]))));
    const alike = frequencies.alike('it', 'schweisserei', 2).map(({ form }) => form);
    expect(alike).toEqual(['schweisser', 'schweissen']);
    expect(frequencies.alike('it', 'zyzzyva', 3)).toEqual([]);
  });

  it('begin a new epoch when there is much more to compare, not with every change', () => {
    const frequencies = frequenciesOf([{ kind: 'pieces', scope: 'it', key: '', holders: 1000 }]);
    const { epoch } = frequencies;
    frequencies.apply([{ kind: 'pieces', scope: 'it', key: '', holders: 1030 }]);
    expect(frequencies.epoch).toBe(epoch);
    frequencies.apply([{ kind: 'pieces', scope: 'it', key: '', holders: 1100 }]);
    expect(frequencies.epoch).not.toBe(epoch);
  });
});

describe('Words found by their letters', () => {
  it('are the likest first, never the word itself, and none where only chance is in common', () => {
    const index = new FormIndex(['spritzgiesswerkzeug', 'werkzeug', 'buchhaltung', 'spritzguss']);
    expect(index.alike('spritzgiesswerkzeuge', 2)[0]?.form).toBe('spritzgiesswerkzeug');
    expect(index.alike('werkzeug', 5).map(({ form }) => form)).not.toContain('werkzeug');
    expect(index.alike('okapi', 5)).toEqual([]);
  });
});

describe('A need in the words of a language', () => {
  const lexicon = {
    translate: (stem: string) => (stem === 'saldatur' ? [{ stem: 'schweiss', weight: 0.9 }] : []),
    parts: () => [],
    stemsOf: () => [],
  };
  const wanted = need({ text: 'saldatura zyzzyva', lang: 'it' });

  it('is a vector of length one, with each word’s translations, and names as they stand where somebody has them', () => {
    const german = [copy({ languages: ['de'], competences: [inWords('Schweissen'), inWords('Zyzzyva')] })];
    const frequencies = frequenciesOf(counted(...german.map((one) => one.features)));
    const { stems, ofTerm } = new Phrasings(frequencies, () => lexicon).of(wanted, 'de');
    expect([...stems.keys()].sort()).toEqual(['schweiss', 'zyzzyva']);
    expect(Math.hypot(...ofTerm)).toBeCloseTo(1, 8);
    expect(ofTerm.every((weight) => weight > 0)).toBe(true);
  });

  it('says a German compound by its parts as well, and these in other languages', () => {
    const parts = { ...lexicon, parts: (form: string) => (form === 'stahlschweissen' ? ['stahl', 'schweiss'] : []) };
    const words = need({ text: 'Stahlschweissen', lang: 'de' });
    const stems = (lang: 'de' | 'it', translate = lexicon.translate) =>
      [...new Phrasings(frequenciesOf([]), () => ({ ...parts, translate })).of(words, lang).stems.keys()].sort();
    expect(stems('de')).toEqual(['schweiss', 'stahl', 'stahlschweiss']);
    expect(stems('it', (stem) => (stem === 'schweiss' ? [{ stem: 'saldatur', weight: 0.9 }] : []))).toEqual([
      'saldatur',
    ]);
  });

  it('keeps room for a word that cannot be said, so that the others do not stand for it', () => {
    const frequencies = frequenciesOf(counted(features([piece(['schweiss'], { lang: 'de' })])));
    const { stems } = new Phrasings(frequencies, () => lexicon).of(wanted, 'de');
    expect(stems.get('schweiss')!.weight).toBeLessThan(0.95);
  });

  it('is made once, until the frequencies have changed much', () => {
    const frequencies = frequenciesOf([{ kind: 'pieces', scope: 'it', key: '', holders: 100 }]);
    const phrasings = new Phrasings(frequencies, () => lexicon);
    const first = phrasings.of(wanted, 'it');
    expect(phrasings.of(wanted, 'it')).toBe(first);
    frequencies.apply([{ kind: 'pieces', scope: 'it', key: '', holders: 200 }]);
    expect(phrasings.of(wanted, 'it')).not.toBe(first);
  });
});
