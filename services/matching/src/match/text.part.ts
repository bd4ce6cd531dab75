import type { LoadedEvidence } from './candidate.js';
import type { Need } from './need.js';
import type { Contribution, Scale } from './score.js';

/** The worth of so many words of the need, the rarest, is all that one piece of evidence can be asked for. */
const ENOUGH_WORDS = 5;

interface Met {
  evidence: LoadedEvidence;
  value: number;
  /** Words of the need that stand in the evidence. */
  words: string[];
  /** Words that it has only in another language, by what they stand for. */
  meant: string[];
}

/**
 * How much of the need's words the evidence speaks of: Okapi BM25 for each piece of evidence, less where it has few of the words however often, the best one
 * counting in full and each further one less, against the need's own ideal (every word once in evidence of usual length). One contribution per piece of
 * evidence; their weights add up to a value in 0..1.
 */
export function textValue(need: Need, evidence: readonly LoadedEvidence[], scale: Scale): Contribution[] {
  const { weights, rarity } = scale;
  const worth = need.terms.map((term) => term.weight * rarity.term(term.stem));
  const ideal = worth.reduce((all, one) => all + one, 0);
  if (ideal === 0) return [];
  // Nobody speaks of everything that a long text does.
  const enough = worth
    .toSorted((a, b) => b - a)
    .slice(0, ENOUGH_WORDS)
    .reduce((all, one) => all + one, 0);
  const met: Met[] = [];
  for (const one of evidence) {
    const value = measured(need, one, worth, enough, scale);
    if (value) met.push(value);
  }
  if (met.length === 0) return [];
  met.sort((a, b) => b.value - a.value || (a.evidence.id < b.evidence.id ? -1 : 1));
  let total = 0;
  const shares = met.map((one, place) => {
    const share = one.value * weights.furtherEvidence ** place;
    total += share;
    return share;
  });
  const value = 1 - Math.exp((-weights.textSteepness * total) / ideal);
  return met.map(({ evidence: { id, kind, title }, words, meant }, place) => ({
    part: 'text',
    ...(words.length > 0
      ? { code: 'text-match', params: { words, ...(meant.length > 0 ? { meant } : {}), evidence: { id, kind, title } } }
      : { code: 'text-meant', params: { words: meant, evidence: { id, kind, title } } }),
    weight: (value * shares[place]!) / total,
  }));
}

function measured(
  need: Need,
  evidence: LoadedEvidence,
  worth: readonly number[],
  enough: number,
  { weights }: Scale,
): Met | undefined {
  const { k1, b } = weights.bm25;
  const lengthNorm = k1 * (1 - b + (b * evidence.length) / weights.usualLength);
  const otherLang = evidence.lang !== need.lang;
  let value = 0;
  let covered = 0;
  let met: Met | undefined;
  for (let at = 0; at < need.terms.length; at++) {
    const term = need.terms[at]!;
    const abroad = otherLang ? term.abroad[evidence.lang] : undefined;
    const count = evidence.stems.get(term.stem) ?? (abroad === undefined ? undefined : evidence.stems.get(abroad));
    let credit = 0;
    let share = 1;
    if (count !== undefined) credit = (count * (k1 + 1)) / (count + lengthNorm);
    else if (otherLang) {
      // The word in the other language is unknown, but not what it stands for.
      let shown = 0;
      for (const place of term.concepts) {
        const strength = evidence.shows.get(need.concepts[place]!.id) ?? 0;
        shown = Math.max(shown, Math.min(1, strength / weights.surelyShown));
      }
      share = weights.translated * shown;
      credit = (share * (k1 + 1)) / (1 + lengthNorm);
    }
    if (credit === 0) continue;
    value += worth[at]! * credit;
    covered += worth[at]! * share;
    met ??= { evidence, value: 0, words: [], meant: [] };
    (count === undefined ? met.meant : met.words).push(term.word);
  }
  // «robot» ten times is not «soft robotics».
  if (met) met.value = value * Math.min(1, covered / enough) ** weights.coverage;
  return met;
}
