import { language } from './language.js';

/** `italiano`, by ISO code. */
export function languageName(code: string): string {
  return new Intl.DisplayNames([language()], { type: 'language' }).of(code) ?? code;
}
