import { Lexicon, naceOf, type ReferenceTaxonomy } from '#libs/competences';
import type { CompetenceRef, ExpertFacts } from '#libs/contracts';
import { EXPERT } from '../../test/owners.js';
import { Counts } from '../frequency/counts.js';
import { Frequencies } from '../frequency/frequencies.js';
import { type Copy, expertCopy } from '../index/features.js';
import { type Candidate, candidateOf } from './candidate.js';
import { Relations } from './competence.part.js';
import { type Need, type NeedContext, needOf } from './need.js';
import { Phrasings } from './phrasing.js';
import { WEIGHTS } from './ranking.weights.js';
import type { Reading } from './reading.js';
import type { Scale } from './score.js';
import { type NeedWords, understand } from './understanding.js';

export const READING: Reading = { lexicon: Lexicon.own(), version: 'test' };

/** What is read with an imported taxonomy beside the own one. */
export function readingWith(reference: ReferenceTaxonomy): Reading {
  return { ...READING, reference };
}

/** Pieces of evidence that there are besides those of the tests, in every language: no word of the tests stands in them. */
const OTHERS = 1000;

/** Frequencies of an evidence in which these people are a few among many. */
export function frequenciesOf(copies: readonly Copy[]): Frequencies {
  const counts = new Counts();
  for (const { features } of copies) counts.add('expert', features);
  const frequencies = new Frequencies();
  frequencies.apply(counts.changes());
  frequencies.apply(
    (['it', 'en', 'de', 'fr'] as const).flatMap((scope) => [
      { kind: 'pieces', scope, key: '', holders: OTHERS },
      { kind: 'named', scope, key: '', holders: OTHERS },
    ]),
  );
  frequencies.apply([{ kind: 'subjects', scope: 'expert', key: '', holders: OTHERS }]);
  return frequencies;
}

export function scaleOf(frequencies: Frequencies, reading: Reading = READING): Scale {
  const phrasings = new Phrasings(frequencies, () => reading.lexicon);
  return {
    // All competences are as rare as each other, or people who are added here would change every score.
    rarity: () => 3,
    phrasings: (need, lang) => phrasings.of(need, lang),
    relations: new Relations(),
    weights: WEIGHTS,
    load: () => undefined,
    today: '2026-03-02',
  };
}

export function need(words: NeedWords, context: NeedContext = {}, reading: Reading = READING): Need {
  return needOf(understand(words, reading), context);
}

export function competence(id: string, level?: CompetenceRef['level'], label = id.replaceAll('-', ' ')): CompetenceRef {
  return { id, label, ...(level ? { level } : {}) };
}

/** A competence in words that no id is known for. */
export function inWords(label: string): CompetenceRef {
  return { id: null, label };
}

export function evidence(id: string, title: string, text: string | null = null): ExpertFacts['evidence'][number] {
  return {
    id: `01900000-0000-7000-8000-00000000000${id}`,
    kind: 'project',
    title,
    text,
    year: 2024,
    url: null,
    competences: [],
  };
}

export function copy(given: Partial<ExpertFacts>, reading: Reading = READING): Copy {
  return expertCopy(
    {
      id: '01900000-0000-7000-8000-0000000000aa',
      revision: 1,
      ...EXPERT,
      ...given,
    },
    reading,
  );
}

export function candidate({ open: _, ...copied }: Copy, frequencies: Frequencies): Candidate {
  return candidateOf({ type: 'expert', ...copied }, frequencies);
}

/** The candidate as if some evidence did not exist. */
export function without(one: Copy, ids: readonly string[], frequencies: Frequencies): Candidate {
  const evidence = one.features.evidence.filter(({ id }) => !ids.includes(id));
  return candidate({ ...one, features: { ...one.features, evidence } }, frequencies);
}

/** Invented needs. */
export const NEEDS = {
  vision: need(
    { text: 'Visione artificiale per trovare difetti su tessuti tecnici con un partner svizzero', lang: 'it' },
    { country: 'IT', territory: 'ITC43', sectors: [naceOf({ scheme: 'ATECO2025', code: '13.20.00' })!] },
  ),
  visionAbroad: need(
    { text: 'Bildverarbeitung für technische Textilien', lang: 'de' },
    { territory: 'ITC43', prefer: 'cross-border' },
  ),
  patents: need({ competences: ['patent-strategy'], lang: 'en' }, { territory: 'CH070', prefer: 'same-country' }),
  words: need({ text: 'zzyzx quuxfoo', lang: 'en' }),
} satisfies Record<string, Need>;

/** Invented people. */
export const PEOPLE = {
  weaver: copy({
    territory: 'CH070',
    country: 'CH',
    competences: [competence('machine-vision', 'expert'), competence('technical-textiles')],
    evidence: [
      evidence('1', 'Sistema di visione per tessuti', 'Telecamere che trovano difetti nella tessitura.'),
      evidence('2', 'Visione artificiale in fonderia'),
    ],
  }),
  near: copy({
    competences: [competence('image-processing', 'basic'), competence('textiles')],
    away: [{ from: '2026-03-01', to: '2026-03-09' }],
  }),
  german: copy({
    languages: ['de'],
    territory: 'CH040',
    country: 'CH',
    text: 'Maschinelles Sehen für technische Textilien und Gewebe.',
  }),
  lawyer: copy({
    text: 'Patents and trademarks for small firms.',
    languages: ['en'],
    competences: [competence('patent-strategy', 'expert')],
    territory: 'CH070',
    country: 'CH',
  }),
  served: copy({
    territories: ['ITC4'],
    territory: 'ITH10',
    competences: [competence('machine-vision', 'advanced')],
    capacity: 0,
  }),
} satisfies Record<string, Copy>;
