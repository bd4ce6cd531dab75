import snowball from 'snowball-stemmers';
import type { Lang } from '#libs/contracts';
import { fold } from './fold.js';
import { identifyLanguage } from './identify.js';
import { STOP_WORDS } from './stop-words.js';
import { britishSpelling } from './word-forms.js';

/** Characters of a text that are looked at; more adds no meaning to a need or a profile, only time. */
export const TEXT_LIMIT = 20_000;

// No word of the four languages is longer; a run of thousands of letters would cost seconds to stem.
const WORD_LIMIT = 60;

/** A word as it stands in the text, its folded form, its place among the words (from 0). */
export interface Word {
  surface: string;
  folded: string;
  position: number;
}

/** A word that carries meaning. `stem` is comparable within one language only. */
export interface Token extends Word {
  stem: string;
}

export interface Analysis {
  lang: Lang;
  tokens: Token[];
  /** The stems of the tokens in the order of the text, repetitions kept (they are term frequencies). */
  stems: string[];
}

const STEMMERS = {
  it: snowball.newStemmer('italian'),
  en: snowball.newStemmer('english'),
  de: snowball.newStemmer('german'),
  fr: snowball.newStemmer('french'),
};
// Where Snowball merges what must stay apart: customs are not customers, machining is not any machine.
const KEPT: Record<Lang, ReadonlySet<string>> = {
  it: new Set(),
  en: new Set(['customs', 'machining', 'importance', 'important']),
  de: new Set(),
  fr: new Set(),
};
const STEM_CACHE: Record<Lang, Map<string, string>> = { it: new Map(), en: new Map(), de: new Map(), fr: new Map() };
const STEM_CACHE_LIMIT = 50_000;

/** Snowball stem of a folded word. Words of up to three letters and words with digits stay as they are: they are names and acronyms. */
export function stem(folded: string, lang: Lang): string {
  // An upper-case form is an acronym that `words` has recognised; it must not meet its lower-case twin.
  if (folded.length <= 3 || KEPT[lang].has(folded) || /[\p{N}\p{Lu}&]/u.test(folded)) return folded;
  const cache = STEM_CACHE[lang];
  let result = cache.get(folded);
  if (result === undefined) {
    result = fold(STEMMERS[lang].stem(lang === 'en' ? britishSpelling(folded) : folded));
    // «capire» is not a form of «capo», nor «facciamo» of «facciata»: a long word that shrinks to so little has lost what it means.
    if ((result.length <= 3 && folded.length >= 6) || (lang === 'it' && result.length <= 4 && folded.length >= 8))
      result = folded;
    if (cache.size >= STEM_CACHE_LIMIT) cache.clear();
    cache.set(folded, result);
  }
  return result;
}

// «ai» is an Italian preposition, «it» an English pronoun, «mes» French for «my», «led» and «reach» English verbs: as acronyms they count in capitals only.
const CASE_BOUND = new Set(['AI', 'IA', 'KI', 'IT', 'MES', 'PI', 'LED', 'REACH', 'RAMS']);
const ELIDED = new Set(
  'l d c s n m t j un qu gl all dell nell sull dall coll quell quest bell anch dov com cos tutt senz sant mezz jusqu lorsqu puisqu quoiqu'.split(
    ' ',
  ),
);
const WORD =
  /(?<!\p{L})\p{L}&\p{L}(?!\p{L})|\p{N}+(?:[.,]\p{N}+)+|[\p{L}\p{N}\p{M}]+(?:['’ʼ`´‘‐‑-][\p{L}\p{N}\p{M}]+)*/gu;

/** All words of a text, stop words included: hyphens and apostrophes part words, elided articles go, `e-commerce` is one word. Never throws. */
export function words(text: string): Word[] {
  const source = text.slice(0, TEXT_LIMIT);
  const found: Word[] = [];
  const acronyms = !isShouted(source);
  const add = (word: string) => {
    const surface = word.slice(0, WORD_LIMIT);
    const upper = surface.toUpperCase();
    const folded = acronyms && surface === upper && CASE_BOUND.has(upper) ? upper : fold(surface);
    if (folded) found.push({ surface, folded, position: found.length });
  };
  for (const [match] of source.matchAll(WORD)) {
    const parts = match.split(/['’ʼ`´‘]/);
    parts.forEach((part, index) => {
      if (index < parts.length - 1 && ELIDED.has(part.toLowerCase())) return;
      for (const piece of hyphenParts(part)) add(piece);
    });
  }
  return found;
}

// A one-letter part belongs to its neighbour: e-commerce, e-mail, X-ray.
function hyphenParts(word: string): string[] {
  const parts = word.split(/[‐‑-]/).filter(Boolean);
  const first = parts[0];
  if (first?.length === 1 && parts[1]) return [first + parts[1], ...parts.slice(2)];
  return parts;
}

function isShouted(text: string): boolean {
  const sample = text.slice(0, 2_000);
  const lower = sample.match(/\p{Ll}/gu)?.length ?? 0;
  const upper = sample.match(/\p{Lu}/gu)?.length ?? 0;
  // A label such as «PLC» or «AI, IoT» is not shouting; a sentence of capitals is.
  return upper > 24 && lower < upper / 4;
}

/** The words of a text that carry meaning, with stems of the given language (labels, whose language is known). */
export function analyseIn(text: string, lang: Lang): Analysis {
  return withStems(words(text), lang);
}

/**
 * Language, meaningful words and stems of a text in it, en, de or fr. The hint decides where the text is too short to tell;
 * without one that is Italian. Never throws; looks at the first 20,000 characters.
 */
export function analyse(text: string, hint?: Lang): Analysis {
  const all = words(text);
  return withStems(all, identifyLanguage(text, all, hint));
}

/** The words that carry meaning among those of a text, with their stems. */
export function withStems(all: Word[], lang: Lang): Analysis {
  const stops = STOP_WORDS[lang];
  const tokens: Token[] = [];
  for (const word of all) {
    if (stops.has(word.folded) || (word.folded.length < 2 && !/\p{N}/u.test(word.folded))) continue;
    if (/^\p{N}$/u.test(word.folded)) continue;
    tokens.push({ ...word, stem: stem(word.folded, lang) });
  }
  return { lang, tokens, stems: tokens.map((token) => token.stem) };
}
