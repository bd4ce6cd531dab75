import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Lang } from '#libs/contracts';
import {
  candidate,
  competence,
  copy,
  evidence,
  frequenciesOf,
  inWords,
  NEEDS,
  need,
  PEOPLE,
  scaleOf,
} from './people.fixture.js';
import { reasonsIn } from './reasons.js';
import { type Contribution, score } from './score.js';

const FREQUENCIES = frequenciesOf(Object.values(PEOPLE));
const SCALE = scaleOf(FREQUENCIES);
const WEAVER = candidate(PEOPLE.weaver, FREQUENCIES);
const related: Contribution = {
  part: 'text',
  code: 'text-related',
  // The group came without a name.
  params: { through: ['x:group', 'x:baskets'], evidence: { id: 'offers-1', kind: 'offers', title: 'Cesti' } },
  weight: 0.1,
};
const alike: Contribution = { ...related, code: 'text-alike', params: { evidence: related.params.evidence } };
const label = (id: string, lang: Lang) => (id === 'x:baskets' ? `Körbe ${lang}` : undefined);

/** Nothing is imported, or no longer. */
const unnamed = () => undefined;

describe('Reasons', () => {
  const contributions = [
    ...Object.values(NEEDS).flatMap((wanted) =>
      Object.values(PEOPLE).flatMap((one) => score(wanted, candidate(one, FREQUENCIES), SCALE).contributions),
    ),
    related,
    alike,
  ];

  it.each(LANGUAGES)('are whole sentences in %s, in that language', (lang) => {
    for (const { text, code } of reasonsIn(lang, contributions, label)) {
      expect(text).not.toMatch(/[{}]|undefined|null|\[object|: [–;]|: $/);
      expect(text).not.toContain(code);
    }
  });

  it('tell words that the evidence has in another language only from words in common', () => {
    const meant = (params: object): Contribution => ({
      ...related,
      code: 'text-meant',
      params: { ...related.params, ...params },
    });
    const [text] = reasonsIn('de', [meant({ words: ['Schweissen'] })], unnamed).map((one) => one.text);
    expect(text).toBe('Dasselbe in einer anderen Sprache: Schweissen – Angebot der Firma «Cesti»');
  });

  it('name what two texts both speak of in the reader’s language, by the imported taxonomy', () => {
    expect(reasonsIn('de', [related], label)[0]!.text).toBe(
      'Beide sprechen von «Körbe de» – Angebot der Firma «Cesti»',
    );
    expect(reasonsIn('it', [related], label)[0]!.text).toContain('«Körbe it»');
  });

  it('still read when the concept is no longer in the imported taxonomy', () => {
    for (const lang of LANGUAGES) {
      const [text] = reasonsIn(lang, [related], unnamed).map((one) => one.text);
      expect(text).not.toMatch(/x:|«»|“”|[{}]/);
      expect(text).toContain('«Cesti»');
    }
  });

  it('call a declared competence by the name it was declared with', () => {
    const declared = copy({ competences: [inWords('Accordatura di campane')] });
    const wanted = need({ text: 'accordatura di campane', lang: 'it' });
    const [reason] = reasonsIn('it', score(wanted, candidate(declared, FREQUENCIES), SCALE).contributions, unnamed);
    expect(reason!.text).toBe(
      'Parole in comune: accordatura, campane – competenza dichiarata «Accordatura di campane»',
    );
  });

  it('do not say the name of a competence twice', () => {
    const vision = copy({ competences: [competence('machine-vision', 'expert', 'Visione artificiale')] });
    const wanted = need({ text: 'visione artificiale', lang: 'it' });
    const texts = reasonsIn('it', score(wanted, candidate(vision, FREQUENCIES), SCALE).contributions, unnamed);
    expect(texts.find((one) => one.code === 'competence-match')!.text).toBe(
      'Competenza richiesta e dimostrata: visione artificiale (livello esperto) – competenza dichiarata',
    );
  });

  it('stay few: many small ones are told as one, and still add up', () => {
    const busy = copy({
      territory: 'CH070',
      country: 'CH',
      competences: ['machine-vision', 'technical-textiles', 'textiles', 'image-processing'].map((id) => competence(id)),
      evidence: Array.from({ length: 9 }, (_, at) => evidence(String(at), 'Visione artificiale per tessuti tecnici')),
    });
    const { contributions, score: total } = score(NEEDS.vision, candidate(busy, FREQUENCIES), SCALE);
    expect(contributions.length).toBeLessThanOrEqual(9);
    expect(contributions.reduce((all, one) => all + one.weight, 0)).toBeCloseTo(total, 8);
    const more = reasonsIn('it', contributions, unnamed).find((one) => one.code === 'text-more');
    expect(more?.text).toMatch(/^E in altre \d+ prove: .*tessuti/);
  });

  it('name the competence in the reader’s language and the evidence in its own words', () => {
    const { contributions } = score(NEEDS.vision, WEAVER, SCALE);
    const texts = (lang: Lang) => reasonsIn(lang, contributions, unnamed).map((one) => one.text);
    expect(texts('de').join()).toContain('Bildverarbeitung (Expertenniveau)');
    expect(texts('it').join()).toContain('progetto «Sistema di visione per tessuti»');
    expect(texts('en').join()).toContain('In the place asked for: Ticino');
  });
});
