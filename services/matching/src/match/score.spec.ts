import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { naceOf } from '#libs/competences';
import { type CompetenceRef, type ExpertFacts, LANGUAGES } from '#libs/contracts';
import { expertCopy, type Features } from '../index/features.js';
import { type Candidate, candidateOf } from './candidate.js';
import { Relations } from './competence.part.js';
import { type Need, needOf } from './need.js';
import { WEIGHTS } from './ranking.weights.js';
import { reasonsIn } from './reasons.js';
import { type Scale, score } from './score.js';
import { understand } from './understanding.js';

const SCALE: Scale = {
  rarity: { concept: () => 3, term: () => 3 },
  relations: new Relations(),
  weights: WEIGHTS,
  today: '2026-03-02',
};

const NEEDS: Record<string, Need> = {
  vision: needOf(
    understand({
      text: 'Visione artificiale per trovare difetti su tessuti tecnici con un partner svizzero',
      lang: 'it',
    }),
    {
      country: 'IT',
      territory: 'ITC43',
      sectors: [naceOf({ scheme: 'ATECO2025', code: '13.20.00' })!],
    },
  ),
  visionAbroad: needOf(understand({ text: 'Bildverarbeitung für technische Textilien', lang: 'de' }), {
    territory: 'ITC43',
    prefer: 'cross-border',
  }),
  patents: needOf(understand({ competences: ['patent-strategy'], lang: 'en' }), {
    territory: 'CH070',
    prefer: 'same-country',
  }),
  words: needOf(understand({ text: 'zzyzx quuxfoo', lang: 'en' }), {}),
};

/** Invented, like everybody in these tests. */
const PEOPLE: Record<string, Candidate> = {
  weaver: person({
    territory: 'CH070',
    country: 'CH',
    competences: [competence('machine-vision', 'expert'), competence('technical-textiles')],
    evidence: [
      evidence('1', 'Sistema di visione per tessuti', 'Telecamere che trovano difetti nella tessitura.'),
      evidence('2', 'Visione artificiale in fonderia'),
    ],
  }),
  near: person({
    competences: [competence('image-processing', 'basic'), competence('textiles')],
    away: [{ from: '2026-03-01', to: '2026-03-09' }],
  }),
  german: person({
    languages: ['de'],
    territory: 'CH040',
    country: 'CH',
    text: 'Maschinelles Sehen für technische Textilien und Gewebe.',
  }),
  lawyer: person({
    text: 'Patents and trademarks for small firms.',
    languages: ['en'],
    competences: [competence('patent-strategy', 'expert')],
    territory: 'CH070',
    country: 'CH',
  }),
  served: person({
    territories: ['ITC4'],
    territory: 'ITH10',
    competences: [competence('machine-vision', 'advanced')],
    capacity: 0,
  }),
};

function competence(id: string, level?: CompetenceRef['level']): CompetenceRef {
  return { id, label: id.replaceAll('-', ' '), ...(level ? { level } : {}) };
}

function evidence(id: string, title: string, text: string | null = null): ExpertFacts['evidence'][number] {
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

function person(given: Partial<ExpertFacts>): Candidate {
  const { open: _, ...copy } = expertCopy({
    id: '01900000-0000-7000-8000-0000000000aa',
    revision: 1,
    country: 'IT',
    role: null,
    territory: 'ITC43',
    territories: [],
    languages: ['it'],
    text: null,
    competences: [],
    evidence: [],
    capacity: 3,
    away: [],
    listed: true,
    ...given,
  });
  return candidateOf({ type: 'expert', ...copy });
}

const pairs = Object.entries(NEEDS).flatMap(([need, wanted]) =>
  Object.entries(PEOPLE).map(([who, person]) => ({ need, who, wanted, person })),
);

describe('The score', () => {
  it('is what the golden file says: any change of a weight shows there', () => {
    const file = new URL('./score.golden.json', import.meta.url);
    const actual = {
      version: WEIGHTS.version,
      scores: Object.fromEntries(
        pairs.map(({ need, who, wanted, person }) => [`${need} / ${who}`, brief(score(wanted, person, SCALE))]),
      ),
    };
    if (process.env.GOLDEN === 'write') writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`);
    expect(actual).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it.each(pairs)('adds up from its parts and its reasons: $need / $who', ({ wanted, person }) => {
    const scored = score(wanted, person, SCALE);
    const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);
    expect(sum(Object.values(scored.parts))).toBeCloseTo(scored.score, 8);
    expect(sum(scored.contributions.map((one) => one.weight))).toBeCloseTo(scored.score, 8);
    for (const [part, value] of Object.entries(scored.parts)) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(WEIGHTS.parts[part as keyof typeof WEIGHTS.parts]);
    }
  });

  it.each(pairs)('falls when the evidence of a reason is taken away: $need / $who', ({ wanted, person }) => {
    const before = score(wanted, person, SCALE);
    for (const { params } of before.contributions) {
      const shown = (params.evidence as { id: string } | undefined)?.id;
      if (!shown) continue;
      const left = person.offers.evidence.filter((one) => one.id !== shown);
      const features: Features = {
        evidence: left.map((one) => ({ ...one, stems: [...one.stems] })),
        seeks: [],
        sectors: [...person.sectors],
        served: [],
      };
      const without = {
        ...person,
        offers: candidateOf({ ...person, languages: [...person.languages], features }).offers,
      };
      expect(score(wanted, without, SCALE).score).toBeLessThan(before.score);
    }
  });

  it('gives context no weight for somebody who is not relevant', () => {
    const scored = score(NEEDS.patents!, PEOPLE.german!, SCALE);
    expect(scored.relevance).toBeLessThan(WEIGHTS.floor);
    expect(scored.score).toBe(0);
  });

  it('prefers the other side of the border only when that is wished, and says so', () => {
    const plain = score({ ...NEEDS.visionAbroad!, prefer: 'none' }, PEOPLE.weaver!, SCALE);
    const wished = score(NEEDS.visionAbroad!, PEOPLE.weaver!, SCALE);
    expect(plain.parts.territory).toBe(0);
    expect(wished.parts.territory).toBe(WEIGHTS.parts.territory);
    expect(wished.contributions.map((one) => one.code)).toContain('cross-border');
  });

  it('earns nothing for availability while somebody is away or has no capacity', () => {
    expect(score(NEEDS.vision!, PEOPLE.near!, SCALE).parts.availability).toBe(0);
    expect(score(NEEDS.vision!, PEOPLE.served!, SCALE).parts.availability).toBe(0);
    expect(score(NEEDS.vision!, PEOPLE.near!, { ...SCALE, today: '2026-03-10' }).parts.availability).toBeGreaterThan(0);
  });

  it('rewards a partner who seeks what the asking firm offers', () => {
    const own = PEOPLE.lawyer!.offers.held;
    const partner = { ...PEOPLE.near!, seeks: PEOPLE.lawyer!.offers };
    const alone = score(NEEDS.vision!, partner, SCALE);
    const both = score({ ...NEEDS.vision!, own }, partner, SCALE);
    expect(both.parts.competences).toBeGreaterThan(alone.parts.competences);
    expect(both.contributions.map((one) => one.code)).toContain('seeks-yours');
  });

  it('lets words met together weigh more than one of them many times', () => {
    const need = needOf(understand({ text: 'quokka zyzzyva', lang: 'en' }), {});
    // The longer text counts each of its words less.
    const long = `A quokka and a zyzzyva. ${'Something quite different was written here. '.repeat(20)}`;
    const both = person({ languages: ['en'], evidence: [evidence('1', 'Animals', long)] });
    const one = person({ languages: ['en'], evidence: [evidence('1', 'Quokka quokka quokka quokka')] });
    expect(score(need, both, SCALE).score).toBeGreaterThan(score(need, one, SCALE).score);
  });

  it('lets a competence count less where it explains little of what is asked', () => {
    const competent = person({ competences: [competence('machine-vision', 'expert')] });
    const plain = score(needOf(understand({ text: 'visione artificiale', lang: 'it' }), {}), competent, SCALE);
    const narrow = score(
      needOf(understand({ text: 'visione artificiale per quokka, zyzzyva, axolotl, okapi e tapiri', lang: 'it' }), {}),
      competent,
      SCALE,
    );
    expect(narrow.parts.competences).toBeLessThan(plain.parts.competences);
    expect(narrow.parts.competences).toBeGreaterThan(0);
  });

  it('prefers the competence itself to one that is near', () => {
    const need = needOf(understand({ competences: ['technical-textiles'], lang: 'it' }), {});
    const own = person({ evidence: [evidence('1', 'Tessuti tecnici spalmati')] });
    const near = person({ competences: [competence('textiles', 'expert')] });
    const competences = (one: Candidate) => score(need, one, SCALE).parts.competences;
    expect(competences(near)).toBeGreaterThan(0);
    expect(competences(own)).toBeGreaterThan(1.5 * competences(near));
    expect(score(need, PEOPLE.weaver!, SCALE).firm).toBe(true);
    expect(score(need, near, SCALE).firm).toBe(false);
  });

  it('meets names and terms of science in evidence of another language', () => {
    const need = needOf(understand({ text: 'zyzzyvations per quokka', lang: 'it' }), {});
    const english = person({ languages: ['en'], text: 'We study the zyzzyvation and what they are good for.' });
    const [reason] = score(need, english, SCALE).contributions;
    expect(reason).toMatchObject({ code: 'text-match', params: { words: ['zyzzyvations'] } });
  });

  it('wishes for the other side of the border only where it is known on which side somebody is', () => {
    const nowhere = { ...PEOPLE.weaver!, country: '', territory: null };
    expect(score(NEEDS.visionAbroad!, nowhere, SCALE).parts.territory).toBe(0);
  });

  it('names what is missing', () => {
    expect(score(NEEDS.vision!, PEOPLE.served!, SCALE).missing).toContain('technical-textiles');
    expect(score(NEEDS.vision!, PEOPLE.weaver!, SCALE).missing).not.toContain('technical-textiles');
  });
});

describe('Reasons', () => {
  const contributions = pairs.flatMap(({ wanted, person }) => score(wanted, person, SCALE).contributions);

  it.each(LANGUAGES)('are whole sentences in %s, in that language', (lang) => {
    for (const { text, code } of reasonsIn(lang, contributions)) {
      expect(text).not.toMatch(/[{}]|undefined|null|\[object/);
      expect(text).not.toContain(code);
    }
  });

  it('tell words that the evidence has in another language from words in common', () => {
    const { contributions } = score(NEEDS.visionAbroad!, PEOPLE.weaver!, SCALE);
    const texts = reasonsIn('de', contributions).map((one) => one.text);
    expect(texts.join()).toContain('Dasselbe in einer anderen Sprache: ');
    expect(texts.join()).not.toContain('Gemeinsame Wörter');
  });

  it('stay few: many small ones are told as one, and still add up', () => {
    const busy = person({
      territory: 'CH070',
      country: 'CH',
      competences: ['machine-vision', 'technical-textiles', 'textiles', 'image-processing'].map((id) => competence(id)),
      evidence: Array.from({ length: 9 }, (_, at) => evidence(String(at), 'Visione artificiale per tessuti tecnici')),
    });
    const { contributions, score: total } = score(NEEDS.vision!, busy, SCALE);
    expect(contributions.length).toBeLessThanOrEqual(9);
    expect(contributions.reduce((all, one) => all + one.weight, 0)).toBeCloseTo(total, 8);
    const more = reasonsIn('it', contributions).find((one) => one.code === 'text-more');
    expect(more?.text).toMatch(/^E in altre 8 prove: .*tessuti/);
  });

  it('name the competence in the reader’s language and the evidence in its own words', () => {
    const scored = score(NEEDS.vision!, PEOPLE.weaver!, SCALE);
    const texts = (lang: (typeof LANGUAGES)[number]) => reasonsIn(lang, scored.contributions).map((one) => one.text);
    expect(texts('de').join()).toContain('Bildverarbeitung (Expertenniveau)');
    expect(texts('it').join()).toContain('progetto «Sistema di visione per tessuti»');
    expect(texts('en').join()).toContain('In the place asked for: Ticino');
  });
});

function brief(scored: ReturnType<typeof score>) {
  return {
    score: scored.score,
    parts: scored.parts,
    reasons: scored.contributions.map(({ code, weight }) => `${code} ${weight}`),
    missing: scored.missing,
  };
}
