import type { Lang } from '#libs/contracts';

/**
 * Whether two folded words are the same word in another number, gender or case. Stricter than an equal stem: «store» and
 * «stored», «stampo» and «stampare», «importance» and «import» are different words.
 */
export function isInflected(a: string, b: string, lang: Lang): boolean {
  return a === b || baseForm(a, lang) === baseForm(b, lang);
}

/** Whether a folded word may be a form of a label's word whose stem it has. A word from a text in another language must stand there as in the label: «line» is not «lino». */
export function isFormOf(word: string, folded: string, ownLanguage: boolean): boolean {
  if (word === folded) return true;
  const shorter = Math.min(word.length, folded.length);
  const needed = !ownLanguage || shorter > 7 ? 7 : shorter - (shorter > 6 ? 1 : 2);
  return sharedBeginning(word, folded) >= needed;
}

/** Number of letters that two words have in common from their beginning. */
export function sharedBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** A folded word without the ending of number, gender or case; comparable within one language only. */
export function baseForm(word: string, lang: Lang): string {
  if (word.length <= 3) return word;
  if (lang === 'en') return english(word);
  if (lang === 'it') return italian(word);
  if (lang === 'de') return word.replace(/(?<=.{4})(?:innen|en|em|er|es|e|n|s)$/, '');
  return french(word);
}

/** `optimization` as `optimisation`, `molding` as `moulding`: labels are written the British way. */
export function britishSpelling(word: string): string {
  return word
    .replace(/(?<=.{5})iz(?=(?:e[drs]?|ing|ations?|ers)$)/, 'is')
    .replace(/^mold/, 'mould')
    .replace(/^color/, 'colour')
    .replace(/^fiber/, 'fibre')
    .replace(/^aluminum$/, 'aluminium');
}

// «robotic» and «robotics» are one word to those who write about it; «turned» and «turning», «physics» and «physical» are not.
function english(word: string): string {
  return britishSpelling(word)
    .replace(/ies$/, 'y')
    .replace(/yses$/, 'ysis')
    .replace(/(?<=(?:s|x|z|ch|sh))es$/, '')
    .replace(/(?<![sui])s$/, '');
}

// A field of work is feminine singular; its adjective in another form belongs to something else: «elettronica», «fogli elettronici».
function italian(word: string): string {
  if (/(?:ica|iche)$/.test(word)) return word.replace(/(?:a|he)$/, 'A');
  return word.replace(/(?<=[cg])h(?=[ie]$)/, '').replace(/(?<=.{3})i?[aeio]$/, '');
}

function french(word: string): string {
  return word
    .replace(/aux$/, 'al')
    .replace(/(?<=.{3})(?:es|s|x|e)$/, '')
    .replace(/(?<=.{4})(?:er|ere)$/, 'er');
}
