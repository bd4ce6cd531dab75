import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ExpertFacts, MatchAnswer } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const ids = (answer: MatchAnswer) => answer.items.map((item) => item.subject.id);
const work = (n: number, title: string, text: string | null = null): ExpertFacts['evidence'][number] => ({
  id: `01900000-0000-7000-8000-00000000000${n}`,
  kind: 'project',
  title,
  text,
  year: 2025,
  url: null,
  competences: [],
});

const NEEDS = {
  vision: [
    'it',
    'Visione artificiale sui tessuti',
    'Telecamere che trovano difetti su tessuti tecnici durante la tessitura.',
  ],
  heat: ['de', 'Abwärme nutzen', 'Wir wollen die Abwärme unserer Öfen mit Wärmepumpen zurückgewinnen und Gas sparen.'],
  patent: [
    'fr',
    'Déposer un brevet',
    'Nous voulons protéger notre pompe par un brevet et vérifier la liberté d’exploitation.',
  ],
  food: [
    'it',
    'Tracciabilità alimentare',
    'Tracciare i lotti di formaggio e garantire la sicurezza alimentare nel caseificio.',
  ],
  software: [
    'en',
    'Planning software',
    'We need an MES to connect machining centres and to plan our production orders.',
  ],
  export: [
    'it',
    'Vendere in Germania',
    'Cerchiamo aiuto per esportare mobili e trovare distributori nel mercato tedesco.',
  ],
} as const;

describe('Open needs for somebody who could answer them', () => {
  let service: Running;
  const needs = {} as Record<keyof typeof NEEDS, string>;
  const people = {} as Record<'declared' | 'works' | 'german' | 'english' | 'mixed' | 'baker', string>;
  const found = (id: string) =>
    service.match({ expertId: id, seek: 'opportunities', limit: 20 }, { kind: 'expert', id });

  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    for (const [name, [lang, title, summary]] of Object.entries(NEEDS)) {
      const asking = await owners.company({ languages: [lang], country: lang === 'de' ? 'CH' : 'IT', territory: null });
      needs[name as keyof typeof NEEDS] = await owners.need(asking, { lang, title, summary });
    }
    people.declared = await owners.expert({ competences: [competence('machine-vision', 'expert')] });
    people.works = await owners.expert({
      evidence: [
        work(1, 'Recupero del calore di scarto in una tintoria', 'Pompe di calore per forni e lavatrici industriali.'),
      ],
    });
    people.german = await owners.expert({
      languages: ['de'],
      evidence: [work(2, 'Bildverarbeitung für Gewebe', 'Kameras finden Webfehler in technischen Textilien.')],
    });
    people.english = await owners.expert({
      languages: ['en'],
      text: 'Patent attorney: drafting of patents and freedom-to-operate searches.',
    });
    people.mixed = await owners.expert({
      languages: ['it', 'de'],
      competences: [competence('export', 'advanced')],
      evidence: [work(3, 'Lebensmittelsicherheit in Käsereien', 'Rückverfolgbarkeit von Chargen in der Käserei.')],
    });
    people.baker = await owners.expert({ text: 'Insegno canto corale e composizione.' });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  it.each([
    ['only declares competences', 'declared', ['vision']],
    ['shows works in another language than the need alone', 'works', ['heat']],
    ['writes German, for a need in Italian', 'german', ['vision']],
    ['writes English, for a need in French', 'english', ['patent']],
    ['declares one thing and shows another in another language', 'mixed', ['export', 'food']],
    ['answers none', 'baker', []],
  ] as const)('finds those that fit for an expert who %s', async (_, who, expected) => {
    const answer = await found(people[who]);
    expect(new Set(ids(answer))).toEqual(new Set(expected.map((name) => needs[name])));
    for (const { score, reasons } of answer.items)
      expect(reasons.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(score, 6);
  });

  it('gives a need the score that its own firm sees, so that the answers to several needs can be compared', async () => {
    for (const [name, who] of [
      ['vision', 'declared'],
      ['vision', 'german'],
      ['heat', 'works'],
      ['patent', 'english'],
    ] as const) {
      const mine = (await found(people[who])).items.find((item) => item.subject.id === needs[name])!;
      const theirs = await service.match({ opportunityId: needs[name], seek: 'experts' });
      const seen = theirs.items.find((item) => item.subject.id === people[who])!;
      expect({ score: mine.score, parts: mine.parts }).toEqual({ score: seen.score, parts: seen.parts });
    }
  });

  it('finds for a firm what it could deliver, by what it offers and by what it says of itself', async () => {
    const { owners } = service;
    const declared = await owners.company({ offers: [competence('MES')] });
    const written = await owners.company({
      languages: ['de'],
      text: 'Wir bauen Wärmepumpen und Anlagen zur Rückgewinnung von Abwärme.',
    });
    await eventually(() => service.settled());
    const of = (id: string) => service.match({ companyId: id, seek: 'opportunities' }, { kind: 'firm', id });
    expect(ids(await of(declared))).toEqual([needs.software]);
    expect(ids(await of(written))).toEqual([needs.heat]);
  });

  it('finds for somebody who only says in words what they can do', async () => {
    const asked = { seek: 'opportunities', text: 'I recover waste heat with heat pumps' } as const;
    expect(ids(await service.match(asked))).toEqual([needs.heat]);
    expect(ids(await service.match({ seek: 'opportunities', competences: ['machine-vision'] }))).toEqual([
      needs.vision,
    ]);
  });
});
