import type { Token } from '../analysis.js';
import { isFormOf } from '../word-forms.js';
import { gramsOf } from './grams.js';
import { gramCosine, type Hit, hitsOf } from './label-hits.js';
import { type LabelIndex, NO_STEM } from './label-index.js';
import { type MeaningSpace, nearnessTo } from './meaning-space.js';

/** A concept that a text speaks of. */
export interface RankedLabel {
  /** Place of the concept. */
  concept: number;
  /** Place of the label that fits best. */
  label: number;
  /** 0..1 */
  score: number;
  /** Places of the tokens that led to it, in the text's order. */
  tokens: number[];
}

/** How much of a label must be there: the share of its idf that the text has, to this power. */
const COVERAGE_POWER = 2;
const PREFERRED = 1.25;
/** Coverage at which two thirds of the most that it can give are reached. */
const COVERAGE_SCALE = 10;
const POOL = 150;
/** Each word that stands between those of a label takes this much from it. */
const GAP = 0.1;
/** What a word is worth that has the stem of a label's word and is another word. */
const OTHER_FORM = 0.5;
const LIKENESS = 0.8;
/** Weight of how near a concept lies to the whole text by how its words are used elsewhere. */
const NEARNESS = 0.5;
/** Up to so many words a text is taken for a label; of a longer one only a share can be. */
const PHRASE = 6;

/**
 * Ranks concepts by the label that a text covers best, idf × coverage²; by how like the letters are: those of the words that matched, and those
 * of the whole text, which decides for short phrases; and by how near the text's words are used. Ties by the order of the concepts.
 */
export function rankLabels(
  { index, meaning }: { index: LabelIndex; meaning: MeaningSpace | undefined },
  tokens: readonly Token[],
  limit: number,
  accepts: (concept: number) => boolean,
): RankedLabel[] {
  const hits = hitsOf(index, tokens);
  const whole = gramsOf(tokens.map((token) => token.folded).join(' '));
  const nearness = meaning ? nearnessTo(meaning, index, hits) : () => 0;
  const most = 1 + LIKENESS + (meaning ? NEARNESS : 0);
  const phrase = Math.min(1, PHRASE / tokens.length);
  return pool(index, hits, accepts)
    .map(({ label, covered: whatStems }) => {
      const stems = stemsOf(index, label);
      const places = narrowest(stems.flatMap((stem) => hits.get(stem) ?? []));
      const covered = whatStems * formed(index, label, hits, tokens) ** (COVERAGE_POWER + 1);
      const grams = gramsOf(meaningOf(index, label));
      const span = tokens.slice(places[0] ?? 0, (places.at(-1) ?? 0) + 1);
      const gap = Math.max(0, span.length - places.length);
      const coverage = 1 - Math.exp(-covered / (1 + GAP * gap) / COVERAGE_SCALE);
      const spanLikeness = gramCosine(index, gramsOf(span.map((token) => token.folded).join(' ')), grams);
      const likeness = phrase * gramCosine(index, whole, grams) + (1 - phrase) * spanLikeness;
      return {
        concept: index.conceptOf[label]!,
        label,
        score: (coverage + LIKENESS * likeness + NEARNESS * Math.max(0, nearness(index.conceptOf[label]!))) / most,
        tokens: places,
      };
    })
    .sort((a, b) => b.score - a.score || a.concept - b.concept)
    .slice(0, limit);
}

// The concepts that are covered best, each by its best label.
function pool(
  index: LabelIndex,
  hits: ReadonlyMap<number, Hit>,
  accepts: (concept: number) => boolean,
): { label: number; covered: number }[] {
  const overlap = new Float32Array(index.conceptOf.length);
  const touched: number[] = [];
  for (const [stem, { credit }] of hits) {
    const worth = index.idf[stem]! * credit;
    for (const label of index.postings.row(stem)) {
      if (overlap[label] === 0) touched.push(label);
      overlap[label]! += worth;
    }
  }
  // In the order of labels those of a concept are neighbours, and equal ones keep their order whatever the text's.
  const order = Uint32Array.from(touched).sort();
  const best: { label: number; covered: number }[] = [];
  let last = { concept: -1, label: -1, covered: -1 };
  for (const label of order) {
    const concept = index.conceptOf[label]!;
    const share = overlap[label]! / index.mass[label]!;
    const preferred = index.labelStarts[concept] === label ? PREFERRED : 1;
    const covered = overlap[label]! * share ** COVERAGE_POWER * preferred;
    if (concept !== last.concept) {
      last = { concept, label, covered };
      if (accepts(concept)) best.push(last);
    } else if (covered > last.covered) {
      last.label = label;
      last.covered = covered;
    }
  }
  return best.sort((a, b) => b.covered - a.covered || a.label - b.label).slice(0, POOL);
}

function stemsOf(index: LabelIndex, label: number): number[] {
  const stems: number[] = [];
  for (const word of index.labelWords.row(label)) {
    const stem = index.stemOfWord[word]!;
    if (stem !== NO_STEM && !stems.includes(stem)) stems.push(stem);
  }
  return stems;
}

// The share of what was covered that is left when words count less that only the stemmer makes one: «experiment» and «experience».
function formed(index: LabelIndex, label: number, hits: ReadonlyMap<number, Hit>, tokens: readonly Token[]): number {
  let all = 0;
  let kept = 0;
  for (const word of index.labelWords.row(label)) {
    const stem = index.stemOfWord[word]!;
    const hit = hits.get(stem);
    if (!hit) continue;
    const worth = index.idf[stem]! * hit.credit;
    const text = index.wordTexts[word]!;
    const same = hit.credit < 1 || hit.tokens.some((at) => isFormOf(tokens[at]!.folded, text, true));
    all += worth;
    kept += same ? worth : worth * OTHER_FORM;
  }
  return all > 0 ? kept / all : 1;
}

function meaningOf(index: LabelIndex, label: number): string {
  const meaning: string[] = [];
  for (const word of index.labelWords.row(label)) {
    if (index.stemOfWord[word] !== NO_STEM) meaning.push(index.wordTexts[word]!);
  }
  return meaning.join(' ');
}

// The places of a text that lie closest together and have all that was hit.
function narrowest(hits: readonly Hit[]): number[] {
  const places = hits
    .flatMap((hit, which) => hit.tokens.map((token) => ({ token, which })))
    .sort((a, b) => a.token - b.token || a.which - b.which);
  const counts = new Array<number>(hits.length).fill(0);
  let missing = hits.length;
  let from = 0;
  let best: [number, number] | undefined;
  const width = ([start, end]: [number, number]) => places[end]!.token - places[start]!.token;
  for (let to = 0; to < places.length; to++) {
    if (counts[places[to]!.which]!++ === 0) missing--;
    for (; missing === 0; from++) {
      if (!best || width([from, to]) < width(best)) best = [from, to];
      if (--counts[places[from]!.which]! === 0) missing++;
    }
  }
  if (!best) return [];
  return [...new Set(places.slice(best[0], best[1] + 1).map(({ token }) => token))];
}
