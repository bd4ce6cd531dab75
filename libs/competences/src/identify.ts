import { eld } from 'eld/small';
import type { Lang } from '#libs/contracts';
import type { Word } from './analysis.js';
import { functionWordCounts } from './stop-words.js';

/** The four languages, in the order in which they are preferred where nothing else decides. */
export const LANGUAGES: readonly Lang[] = ['it', 'en', 'de', 'fr'];

eld.setLanguageSubset([...LANGUAGES]);

const isLang = (value: string): value is Lang => (LANGUAGES as readonly string[]).includes(value);

/**
 * Which of the four languages a text is in. From four words on the text decides; below that a hint wins, and without a hint
 * the function words, then the n-grams, then Italian.
 */
export function identifyLanguage(text: string, words: readonly Word[], hint?: Lang): Lang {
  if (words.length === 0) return hint ?? 'it';
  const guess = eld.detect(text.slice(0, 1_000));
  const byGrams = isLang(guess.language) ? guess.language : undefined;
  const counts = functionWordCounts(words.slice(0, 200).map((word) => word.folded));
  const ranked = LANGUAGES.toSorted((a, b) => counts[b] - counts[a]);
  const best = ranked[0] as Lang;
  const second = ranked[1] as Lang;
  const byWords = counts[best] > counts[second] ? best : undefined;

  if (words.length < 4) {
    if (hint) return hint;
    if (byWords) return byWords;
    return byGrams && guess.isReliable() ? byGrams : 'it';
  }
  if (byWords && byWords === byGrams) return byWords;
  // The two disagree or one is silent: a row of English terms in an Italian sentence misleads n-grams, not function words.
  if (byWords && counts[best] >= counts[second] + 2) return byWords;
  if (byGrams && guess.isReliable()) return byGrams;
  return byWords ?? hint ?? byGrams ?? 'it';
}
