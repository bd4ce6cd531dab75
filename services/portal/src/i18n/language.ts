import { kept } from '../session/kept.js';
import { store } from '../session/store.js';

export const LANGUAGES = ['it', 'en', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How each language calls itself: who cannot read the page must still find their own. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  it: 'Italiano',
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
};

/** The first of the reader's languages that the portal speaks; Italian where there is none. */
export function preferred(chosen: string | undefined, ofBrowser: readonly string[]): Language {
  for (const tag of [chosen ?? '', ...ofBrowser]) {
    const found = LANGUAGES.find((known) => known === tag.toLowerCase().split('-')[0]);
    if (found) return found;
  }
  return 'it';
}

/** The language of the page. Change it by `speak()` of i18n.ts, which loads the words first. */
export const spoken = store<Language>(
  preferred(kept.get('language'), typeof navigator === 'undefined' ? [] : navigator.languages),
);

export const language = (): Language => spoken.get();
