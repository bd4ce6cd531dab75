import { type Analysis, analyse, analyseIn } from '#libs/competences';
import { LANGUAGES, type Lang } from '#libs/contracts';
import type { Corpus, Query } from './set.js';
import type { Ranked, RankOptions } from './system.js';

/** One piece of evidence, once, however many candidates it belongs to. */
export interface Evidence {
  textId?: string;
  text: string;
  lang: string;
  /** Positions in the corpus's candidates; none for background. */
  owners: number[];
}

/** The collection of a set: every text of candidates and background; texts of one id are one piece. */
export function collection(corpus: Corpus): Evidence[] {
  const byId = new Map<string, Evidence>();
  const all: Evidence[] = [];
  const people = [...corpus.candidates, ...corpus.background];
  for (const [position, { texts, textIds, lang }] of people.entries()) {
    for (const [index, text] of texts.entries()) {
      const textId = textIds?.[index];
      const known = textId === undefined ? undefined : byId.get(textId);
      const evidence = known ?? { textId, text, lang, owners: [] };
      if (!known) all.push(evidence);
      if (textId !== undefined) byId.set(textId, evidence);
      if (position < corpus.candidates.length) evidence.owners.push(position);
    }
  }
  return all;
}

/** Who speaks for which candidate in a query: nobody with an excluded text, and in a sample only what the sample leaves. */
export function allowed(corpus: Corpus, { excluded }: Query, { sample }: RankOptions) {
  const left = sample === undefined ? undefined : corpus.profiles?.get(sample);
  return (evidence: Evidence, owner: number): boolean => {
    if (evidence.textId === undefined) return left === undefined;
    if (excluded.has(evidence.textId)) return false;
    return !left || (left.get(corpus.candidates[owner]!.id)?.has(evidence.textId) ?? false);
  };
}

/** Stems in the text's own language; a language that the product does not know is read as the one it resembles. */
export function analysed(text: string, lang: string): Analysis {
  return isKnown(lang) ? analyseIn(text, lang) : analyse(text);
}

const isKnown = (lang: string): lang is Lang => (LANGUAGES as readonly string[]).includes(lang);

/** The best `limit` of the candidates that have a score; ties at the border by id. */
export function best(corpus: Corpus, scores: Float64Array, limit: number): Ranked[] {
  const positive = scores.filter((score) => score > 0);
  let border = 0;
  if (positive.length > limit) border = positive.sort()[positive.length - limit]!;
  const ranked: Ranked[] = [];
  for (let position = 0; position < scores.length; position++) {
    const score = scores[position]!;
    if (score > 0 && score >= border) ranked.push({ id: corpus.candidates[position]!.id, score });
  }
  ranked.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  return ranked.slice(0, limit);
}
