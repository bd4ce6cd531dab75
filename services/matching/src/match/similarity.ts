import type { Letters, LoadedEvidence } from './candidate.js';
import type { Need } from './need.js';
import { type Phrasing, remainder } from './phrasing.js';
import type { Weights } from './ranking.weights.js';

/** Kinds of evidence that name a competence. */
const DECLARED = new Set(['competences', 'offers', 'seeks']);

/** How near a piece of evidence is to a need, seen from each side; their sum is at most 1. */
export interface Similarity {
  /** By words and letters. */
  wording: number;
  /** By what both speak of in the imported taxonomy. */
  related: number;
  /** Places of the need's terms that stand in the evidence. */
  met: readonly number[];
  /** Places of those that it has only in other words: by the competence that they lead to. */
  meant: readonly number[];
}

/**
 * Cosine of words weighted by (1 + ln tf) × √idf; for short evidence, where one word more or less decides, half of it is the cosine of the groups of
 * three and four letters weighted by idf, which sees compounds and other endings. Where both have a profile in the imported taxonomy, its cosine counts as
 * much as the weights say. The root of idf keeps one rare word from being everything: with it long texts are told apart better (docs/ranking.md).
 */
export function similarity(need: Need, phrasing: Phrasing, evidence: LoadedEvidence, weights: Weights): Similarity {
  const met: number[] = [];
  let words = 0;
  // A need in another language has many translations: the shorter list is walked through.
  const fewer = evidence.words.size < phrasing.stems.size ? evidence.words : phrasing.stems;
  for (const stem of fewer.keys()) {
    const own = evidence.words.get(stem);
    const wanted = phrasing.stems.get(stem);
    if (own === undefined || !wanted) continue;
    words += wanted.weight * own;
    for (const at of wanted.terms) if (!met.includes(at)) met.push(at);
  }
  const meant: number[] = [];
  if (evidence.lang !== need.lang && evidence.shows.size > 0) {
    // The word in the other language is unknown, but not what it stands for: it counts as a usual word of this evidence.
    const usual = 1 / Math.sqrt(Math.max(1, evidence.words.size));
    for (const at of phrasing.led) {
      if (met.includes(at)) continue;
      let shown = 0;
      for (const place of need.terms[at]!.concepts)
        shown = Math.max(shown, Math.min(1, (evidence.shows.get(need.concepts[place]!.id) ?? 0) / weights.surelyShown));
      if (shown === 0) continue;
      words += phrasing.ofTerm[at]! * weights.translated * shown * usual;
      meant.push(at);
    }
  }
  // The fewer words there are, the more it matters how they are written and what they stand for; many words say it themselves. A declared competence is a name, however long.
  const few = DECLARED.has(evidence.kind) ? 1 : Math.min(1, weights.name / Math.max(1, evidence.length)) ** 2;
  let wording = Math.min(1, words);
  if (evidence.letters) wording += weights.letters * few * (lettersIn(phrasing, evidence.letters) - wording);
  let related = 0;
  if (need.profile && evidence.profile) {
    // What texts of two languages are recognised by differs with the labels that each language has; of names there is nothing better.
    const least = evidence.lang === need.lang ? weights.relatedText : 0;
    const share = Math.max(weights.related * few, least);
    related = share * common(need.profile, evidence.profile);
    wording *= 1 - share;
  }
  const share = evidence.alias ? weights.alias : 1;
  return { wording: wording * share, related: related * share, met, meant };
}

function lettersIn(phrasing: Phrasing, { grams, norm }: Letters): number {
  let dot = 0;
  for (const gram of grams) if (phrasing.remainders[remainder(gram)] === 1) dot += phrasing.grams.get(gram) ?? 0;
  return dot / (norm * phrasing.gramNorm);
}

function common(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let dot = 0;
  for (const [id, weight] of small) dot += weight * (large.get(id) ?? 0);
  return Math.min(1, dot);
}
