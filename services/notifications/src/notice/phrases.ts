import type { Lang } from '#libs/contracts';
import { INTEREST_WORDS } from './interest.words.js';
import type { Other } from './notice-text.js';

/** Days are told by the clock of the region. */
const REGION = 'Europe/Rome';

/** Somebody as they may be called: by name and country, or as one who stays unnamed. */
export function who({ name, country, hidden }: Other, lang: Lang): string {
  const where = country ? countryName(country, lang) : '';
  if (hidden) return INTEREST_WORDS[lang].hidden(where).replace(' ()', '');
  if (!name) return INTEREST_WORDS[lang].somebody;
  return where ? `${name} (${where})` : name;
}

/** A day in words. */
export function dateIn(iso: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long', timeZone: REGION }).format(
    new Date(iso),
  );
}

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

export function capital(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}

function countryName(code: string, lang: Lang): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
