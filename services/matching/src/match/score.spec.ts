import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type ExpertFacts, SCORE_PARTS } from '#libs/contracts';
import type { Candidate } from './candidate.js';
import {
  candidate,
  competence,
  copy,
  evidence,
  frequenciesOf,
  NEEDS,
  need,
  PEOPLE,
  scaleOf,
  without,
} from './people.fixture.js';
import { WEIGHTS } from './ranking.weights.js';
import { score } from './score.js';

const FREQUENCIES = frequenciesOf(Object.values(PEOPLE));
const SCALE = scaleOf(FREQUENCIES);
const person = (given: Partial<ExpertFacts>): Candidate => candidate(copy(given), FREQUENCIES);
const [weaver, near, german, lawyer, served] = Object.values(PEOPLE).map((one) => candidate(one, FREQUENCIES)) as [
  Candidate,
  Candidate,
  Candidate,
  Candidate,
  Candidate,
];

const pairs = Object.entries(NEEDS).flatMap(([need, wanted]) =>
  Object.entries(PEOPLE).map(([who, copied]) => ({
    need,
    who,
    wanted,
    copied,
    person: candidate(copied, FREQUENCIES),
  })),
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

  it.each(pairs)('is the sum of its values with the weights of the parts: $need / $who', ({ wanted, person }) => {
    const { score: whole, values } = score(wanted, person, SCALE);
    const sum = SCORE_PARTS.reduce((all, part) => all + WEIGHTS.parts[part] * values[part], 0);
    expect(sum).toBeCloseTo(whole, 3);
  });

  it('lets words speak with the weight of competences for what these leave unsaid', () => {
    const wanted = need({
      text: 'Visione artificiale e poi quokka, zyzzyva, okapi, axolotl, numbat, bilby, quagga, fossa, tenrec, solenodonte',
      lang: 'it',
    });
    const both = person({ text: 'Quokka e okapi, visione artificiale.' });
    const { score: whole, values, parts } = score(wanted, both, SCALE);
    expect(WEIGHTS.parts.competences * values.competences).toBeGreaterThan(parts.competences);
    const sum = SCORE_PARTS.reduce((all, part) => all + WEIGHTS.parts[part] * values[part], 0);
    expect(sum).toBeCloseTo(whole, 3);
  });

  it.each(pairs)('adds up from its parts and its reasons: $need / $who', ({ wanted, person }) => {
    const scored = score(wanted, person, SCALE);
    const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);
    expect(sum(Object.values(scored.parts))).toBeCloseTo(scored.score, 8);
    expect(sum(scored.contributions.map((one) => one.weight))).toBeCloseTo(scored.score, 8);
    expect(scored.score).toBeLessThanOrEqual(1);
    for (const value of Object.values(scored.parts)) expect(value).toBeGreaterThanOrEqual(0);
    for (const part of ['sector', 'territory', 'language', 'availability'] as const)
      expect(scored.parts[part]).toBeLessThanOrEqual(WEIGHTS.parts[part]);
  });

  it.each(pairs)('falls when the evidence of a reason is taken away: $need / $who', ({ wanted, copied, person }) => {
    const before = score(wanted, person, SCALE);
    for (const { params } of before.contributions) {
      const shown = (params.evidence as { id: string } | undefined)?.id;
      if (!shown) continue;
      expect(score(wanted, without(copied, [shown], FREQUENCIES), SCALE).score).toBeLessThan(before.score);
    }
  });

  it('gives context no weight for somebody who is not relevant', () => {
    const scored = score(NEEDS.patents, german, SCALE);
    expect(scored.relevance).toBeLessThan(WEIGHTS.floor);
    expect(scored.score).toBe(0);
  });

  it('prefers the other side of the border only when that is wished, and says so', () => {
    const plain = score({ ...NEEDS.visionAbroad, prefer: 'none' }, weaver, SCALE);
    const wished = score(NEEDS.visionAbroad, weaver, SCALE);
    expect(plain.parts.territory).toBe(0);
    expect(wished.parts.territory).toBe(WEIGHTS.parts.territory);
    expect(wished.contributions.map((one) => one.code)).toContain('cross-border');
  });

  it('earns nothing for availability while somebody is away or has no capacity', () => {
    expect(score(NEEDS.vision, near, SCALE).parts.availability).toBe(0);
    expect(score(NEEDS.vision, served, SCALE).parts.availability).toBe(0);
    expect(score(NEEDS.vision, near, { ...SCALE, today: '2026-03-10' }).parts.availability).toBeGreaterThan(0);
  });

  it('rewards a partner who seeks what the asking firm offers', () => {
    const own = lawyer.offers;
    const partner = { ...near, seeks: lawyer.offers };
    const alone = score(NEEDS.vision, partner, SCALE);
    const both = score({ ...NEEDS.vision, own }, partner, SCALE);
    expect(both.parts.competences).toBeGreaterThan(alone.parts.competences);
    expect(both.contributions.map((one) => one.code)).toContain('seeks-yours');
  });

  it('lets a competence count less where it explains little of what is asked', () => {
    const competent = person({ competences: [competence('machine-vision', 'expert')] });
    const plain = score(need({ text: 'visione artificiale', lang: 'it' }), competent, SCALE);
    const words = 'visione artificiale per quokka, zyzzyva, axolotl, okapi e tapiri';
    const narrow = score(need({ text: words, lang: 'it' }), competent, SCALE);
    expect(narrow.parts.competences).toBeLessThan(plain.parts.competences);
    expect(narrow.parts.competences).toBeGreaterThan(0);
  });

  it('leaves to the words what the competences of the need do not say', () => {
    const wanted = need({ text: 'visione artificiale per quokka, zyzzyva, axolotl, okapi e tapiri', lang: 'it' });
    const words = 'Quokka, zyzzyva, axolotl, okapi e tapiri';
    const specialist = score(wanted, person({ evidence: [evidence('1', words)] }), SCALE);
    const generalist = score(wanted, person({ competences: [competence('machine-vision', 'expert')] }), SCALE);
    expect(specialist.parts.text).toBeGreaterThan(WEIGHTS.parts.text);
    expect(specialist.score).toBeGreaterThan(generalist.score);
  });

  it('prefers the competence itself to one that is near', () => {
    const wanted = need({ competences: ['technical-textiles'], lang: 'it' });
    const own = person({ evidence: [evidence('1', 'Tessuti tecnici spalmati')] });
    const kin = person({ competences: [competence('textiles', 'expert')] });
    const competences = (one: Candidate) => score(wanted, one, SCALE).parts.competences;
    expect(competences(kin)).toBeGreaterThan(0);
    expect(competences(own)).toBeGreaterThan(1.5 * competences(kin));
    expect(score(wanted, weaver, SCALE).firm).toBe(true);
    expect(score(wanted, kin, SCALE).firm).toBe(false);
  });

  it('wishes for the other side of the border only where it is known on which side somebody is', () => {
    const nowhere = { ...weaver, country: '', territory: null };
    expect(score(NEEDS.visionAbroad, nowhere, SCALE).parts.territory).toBe(0);
  });

  it('names what is missing', () => {
    expect(score(NEEDS.vision, served, SCALE).missing).toContain('technical-textiles');
    expect(score(NEEDS.vision, weaver, SCALE).missing).not.toContain('technical-textiles');
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
