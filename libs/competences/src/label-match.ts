import type { Lang } from '#libs/contracts';
import type { Token } from './analysis.js';
import type { IndexedLabel, Vocabulary } from './vocabulary.js';
import { isFormOf, isInflected, sharedBeginning } from './word-forms.js';

/** A stem of the vocabulary that a text has, and where. */
export interface Hit {
  stem: string;
  /** 1 when the text has the stem itself, less when only a word like it. */
  credit: number;
  places: number[];
  /** The words as they stand at those places, folded. */
  words: string[];
}

/** What is known of a text before its words are looked up. */
export interface Reading {
  lang: Lang;
  tokens: readonly Token[];
  /** Number of different stems. */
  distinct: number;
  /** A page, not a sentence: one word of it says little of what it is about. */
  long: boolean;
  /** The text with blanks between folded words. */
  folded: string;
}

/** A label that the text has, wholly or for the most part. */
export interface Match {
  concept: number;
  score: number;
  /** Share of the label that the text covers, 0..1. */
  coverage: number;
  /** idf mass at each place of the text. */
  places: Map<number, number>;
}

const PREFERRED = 1.15;
// Words of another language are taken as its term only when the whole label stands there: «machine learning» in an Italian sentence.
const FOREIGN = 0.8;
const MIN_COVERAGE = 0.55;
/** Below this a match says nothing. */
export const MIN_SCORE = 2.2;
// Words between the first and the last of one term.
const WINDOW = 6;
// Words of a page that count as its title.
const TITLE = 14;

/** How well a label of the vocabulary is met by the words of a text, or undefined when it is not. */
export function matchLabel(
  vocabulary: Vocabulary,
  label: IndexedLabel,
  hits: ReadonlyMap<string, Hit>,
  reading: Reading,
  isWide: (concept: number) => boolean,
): Match | undefined {
  const own = vocabulary.lang === reading.lang;
  const parts = label.stems.flatMap((one, at) =>
    partOf(hits.get(one), label.words[at] ?? '', vocabulary.lang, reading),
  );
  const matched = parts.map(({ hit }) => hit);
  const overlap = matched.reduce((sum, hit) => sum + vocabulary.idf(hit.stem) * hit.credit, 0);
  const coverage = overlap / label.mass;
  if (coverage < (own ? MIN_COVERAGE : 0.99)) return undefined;
  if (label.phrase && !reading.folded.includes(` ${label.phrase} `)) return undefined;
  const whole = coverage > 0.99 && reading.distinct === label.stems.length;
  const [lone] = parts.length === 1 && !whole ? parts : [];
  const sure = lone ? surePlaces(vocabulary, label, lone, reading) : [];
  const places = lone ? sure.slice(0, 1) : nearest(matched);
  if (places.length === 0) return undefined;
  const credible = lone
    ? standsAlone(vocabulary, label, lone.hit.stem, sure.length, reading, isWide)
    : whole || isTerm(vocabulary, label, parts, places, coverage, reading);
  if (!credible) return undefined;
  const general = matched.every((hit) => vocabulary.isGeneric(hit.stem));
  // A term that stands there whole is confirmed by its own words, the general ones too: «tessuti tecnici».
  const worth = coverage > 0.99 ? label.fullMass : overlap * coverage ** 2;
  const score =
    worth *
    (label.preferred ? PREFERRED : 1) *
    (own ? 1 : FOREIGN) *
    closeness(places) *
    (reading.long ? salience(matched, places, general || isWide(label.concept)) : 1);
  if (score < MIN_SCORE) return undefined;
  return {
    concept: label.concept,
    score,
    coverage,
    places: new Map(places.map((place, index) => [place, vocabulary.idf(matched[index]?.stem ?? '')])),
  };
}

/** A word of a label and where the text has it. */
interface Part {
  hit: Hit;
  word: string;
}

// Two words of different labels can have one stem, «experiments» and «experience»: only the places with a form of this label's word count,
// and on a page only those of the same word in another number or case.
function partOf(hit: Hit | undefined, word: string, lang: Lang, reading: Reading): Part[] {
  if (!hit) return [];
  if (hit.credit < 1) return [{ hit, word }];
  const only = (fits: (folded: string) => boolean): Part[] => {
    const places = hit.places.filter((_, at) => fits(hit.words[at] ?? ''));
    return places.length > 0 ? [{ hit: { ...hit, places, words: hit.words.filter(fits) }, word }] : [];
  };
  return only((folded) =>
    reading.long ? isInflected(word, folded, lang) : isFormOf(word, folded, lang === reading.lang),
  );
}

// The places where a word can name the label's competence alone: a form of its own word, and not an everyday word.
function surePlaces(vocabulary: Vocabulary, label: IndexedLabel, { hit, word }: Part, reading: Reading): number[] {
  if (label.phrase) return hit.places;
  const own = vocabulary.lang === reading.lang;
  // English terms are at home in all four languages; a single word of the others is a chance likeness unless it is long.
  if (!own && reading.lang === 'en') return [];
  const isSure = (folded: string): boolean => {
    if (vocabulary.isEveryday(folded)) return false;
    if (!own) return (vocabulary.lang === 'en' || folded.length >= 8) && folded === word;
    // An unknown word that led here by likeness has been looked at already.
    if (hit.credit < 1) return true;
    if (isInflected(word, folded, vocabulary.lang)) return true;
    // In a sentence a derived word will do, «license» for licensing; but «elettronici» is an adjective of many things.
    if (reading.long || (vocabulary.lang === 'it' && word.endsWith('ica'))) return false;
    const shared = sharedBeginning(word, folded);
    return shared >= 6 && shared >= 0.65 * Math.max(word.length, folded.length);
  };
  return hit.places.filter((_, at) => isSure(hit.words[at] ?? ''));
}

// Two words or more: near each other, and more than the general words of a label whose own word is missing.
function isTerm(
  vocabulary: Vocabulary,
  label: IndexedLabel,
  parts: readonly Part[],
  places: readonly number[],
  coverage: number,
  reading: Reading,
): boolean {
  const matched = parts.map(({ hit }) => hit);
  if (Math.max(...places) - Math.min(...places) > WINDOW) return false;
  if (reading.long && !isTermOfPage(vocabulary, parts, places)) return false;
  // «gestione», «sistema», «analisi» mean any field; they are a term of their own only side by side in its order.
  if (matched.every((hit) => vocabulary.isGeneric(hit.stem))) return inOrder(places);
  if (coverage > 0.99) return true;
  const missing = label.stems.filter((one) => !matched.some((hit) => hit.stem === one));
  const telling = matched.filter(
    (hit) => !vocabulary.isGeneric(hit.stem) && hit.words.some((folded) => !vocabulary.isEveryday(folded)),
  );
  return telling.length > 1 || (telling.length > 0 && missing.every((one) => vocabulary.isGeneric(one)));
}

// A page holds so many words that some stand together by chance: there a term of two keeps its order, «A B», or is «B of A» of two telling words.
function isTermOfPage(vocabulary: Vocabulary, parts: readonly Part[], places: readonly number[]): boolean {
  if (places.length > 2 || inOrder(places)) return true;
  const [first = 0, second = 0] = places;
  const turned = first - second >= 2 && first - second <= 3;
  return turned && parts.every(({ hit }) => !vocabulary.isGeneric(hit.stem));
}

// One word: all that the label says, or in a short text the only telling word of it. «sicurezza» is not yet safety at work.
function standsAlone(
  vocabulary: Vocabulary,
  label: IndexedLabel,
  one: string,
  times: number,
  reading: Reading,
  isWide: (concept: number) => boolean,
): boolean {
  if (label.phrase) return true;
  if (vocabulary.isGeneric(one)) return false;
  if (label.stems.length > 1) {
    const rest = label.stems.filter((other) => other !== one);
    return !reading.long && vocabulary.isOwnWord(one) && rest.every((other) => vocabulary.isGeneric(other));
  }
  // A wide field that a page names once, in a list of customers perhaps, is not what the page is about.
  return !reading.long || times > 1 || !isWide(label.concept);
}

// How much of a page is about the term: named at the beginning or again and again, or once in passing, as «data analysis» is everywhere.
function salience(matched: readonly Hit[], places: readonly number[], vague: boolean): number {
  const times = Math.min(...matched.map((hit) => hit.places.length)) + ((places[0] ?? 0) < TITLE ? 1 : 0);
  const shares = matched.length > 1 ? [vague ? 0.4 : 0.8, 0.9] : [0.55, 0.75, 0.9];
  return shares[times - 1] ?? 1;
}

// For each matched stem the place that lies nearest to the first one's, trying each place of the first.
function nearest(matched: readonly Hit[]): number[] {
  const [first, ...others] = matched;
  if (!first) return [];
  let best: number[] = [];
  let bestSpan = Number.POSITIVE_INFINITY;
  for (const start of first.places.slice(0, 50)) {
    const places = [start, ...others.map((hit) => closest(hit.places, start))];
    const span = Math.max(...places) - Math.min(...places);
    if (span < bestSpan) [best, bestSpan] = [places, span];
  }
  return best;
}

const inOrder = (places: readonly number[]): boolean =>
  places.every((place, at) => at === 0 || (place > (places[at - 1] ?? 0) && place - (places[at - 1] ?? 0) <= 3));

function closest(places: readonly number[], to: number): number {
  let best = places[0] ?? to;
  for (const place of places) if (Math.abs(place - to) < Math.abs(best - to)) best = place;
  return best;
}

// Words of one term stand together; within the window, the further apart the less sure.
function closeness(places: readonly number[]): number {
  const distinct = new Set(places).size;
  const gap = Math.max(...places) - Math.min(...places) + 1 - distinct;
  return gap <= 2 ? 1 : gap <= 4 ? 0.85 : 0.7;
}
