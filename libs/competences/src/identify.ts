import { eld } from 'eld/small';
import type { Lang } from '#libs/contracts';
import type { Word } from './analysis.js';
import { CONCEPTS } from './concepts.js';
import { foldLabel } from './fold.js';
import { functionWordCounts } from './stop-words.js';
import { baseForm } from './word-forms.js';

/** The four languages, in the order in which they are preferred where nothing else decides. */
export const LANGUAGES: readonly Lang[] = ['it', 'en', 'de', 'fr'];

eld.setLanguageSubset([...LANGUAGES]);

const isLang = (value: string): value is Lang => (LANGUAGES as readonly string[]).includes(value);

/**
 * Which of the four languages a text is in. From four words on the text decides; below that a hint wins, and without a hint
 * the function words, then the languages in whose terms the words are at home, then the n-grams, then Italian.
 */
export function identifyLanguage(text: string, words: readonly Word[], hint?: Lang): Lang {
  if (words.length === 0) return hint ?? 'it';
  if (words.length < 4 && hint) return hint;
  const counts = functionWordCounts(words.slice(0, 200).map((word) => word.folded));
  const ranked = LANGUAGES.toSorted((a, b) => counts[b] - counts[a]);
  const best = ranked[0] as Lang;
  const second = ranked[1] as Lang;
  const byWords = counts[best] > counts[second] ? best : undefined;
  if (words.length < 4) {
    const known = byWords ?? languageOfTerms(words);
    if (known) return known;
  } else if (byWords && counts[best] >= counts[second] + 2) return byWords;
  // Only where the function words do not settle it: n-grams cost more than all the rest of an analysis.
  const guess = eld.detect(text.slice(0, 1_000));
  const byGrams = isLang(guess.language) ? guess.language : undefined;
  if (words.length < 4) return (guess.isReliable() ? byGrams : undefined) ?? 'it';
  if (byWords && byWords === byGrams) return byWords;
  if (byGrams && guess.isReliable()) return byGrams;
  return byWords ?? hint ?? byGrams ?? 'it';
}

// The language in whose labels most of the words stand, more often where several have them: «machine» is French too, «machine learning» English.
function languageOfTerms(words: readonly Word[]): Lang | undefined {
  termCounts ??= { it: countTerms('it'), en: countTerms('en'), de: countTerms('de'), fr: countTerms('fr') };
  const scores = { it: 0, en: 0, de: 0, fr: 0 };
  for (const { folded } of words) {
    const counts = LANGUAGES.map((lang) => termCounts?.[lang].get(baseForm(folded, lang)) ?? 0);
    const all = counts.reduce((sum, count) => sum + count, 0);
    // That a language has the word at all says more than how often.
    LANGUAGES.forEach((lang, at) => {
      const count = counts[at] ?? 0;
      if (count > 0) scores[lang] += 1 + count / all;
    });
  }
  // Side by side they are one term: «machine vision» is English, though French has both words.
  const whole = words.map(({ folded }) => folded).join(' ');
  if (words.length > 1) for (const lang of LANGUAGES) if (termCounts[lang].has(whole)) scores[lang] += 1;
  const ranked = LANGUAGES.toSorted((a, b) => scores[b] - scores[a]);
  const best = ranked[0] as Lang;
  return scores[best] > scores[ranked[1] as Lang] ? best : undefined;
}

let termCounts: Record<Lang, ReadonlyMap<string, number>> | undefined;

// Labels of a language, and how many of them have a word, the preferred ones twice: «retail» is said in Italian too, but it is the English name.
function countTerms(lang: Lang): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { labels } of CONCEPTS) {
    labels[lang].forEach((label, place) => {
      if (label.includes(' ')) counts.set(foldLabel(label), 1);
      for (const word of foldLabel(label).split(' ')) {
        const base = baseForm(word, lang);
        counts.set(base, (counts.get(base) ?? 0) + (place === 0 ? 2 : 1));
      }
    });
  }
  return counts;
}
