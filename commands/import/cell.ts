import { countryName, findTerritory, fold, foldLabel, isTerritory } from '#libs/competences';
import type { Lang } from '#libs/contracts';
import { LANGUAGES } from '#libs/contracts';
import { shown } from './issue.js';

/** A cell that cannot be taken as it is. `right` says what would do. */
export class CellError extends Error {
  constructor(
    readonly wrong: string,
    readonly right: string,
  ) {
    super(wrong);
  }
}

const NOTHING = new Set(['na', 'n/a', 'n.a.', 'n.d.', 'nd', '-', '--', '—', '–', 'null', 'none', '?']);
const SPREADSHEET_ERROR =
  /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|N\/D|RIF!|VALORE!|NOME\?|NV|BEZUG!|WERT!)$/;

/**
 * The text of a cell, or undefined when it holds nothing (`n.d.`, `-`, `NA` count as nothing). Unwraps `="0074…"`, by which
 * spreadsheets keep leading zeros. Throws CellError on spreadsheet errors and formulas.
 */
export function textOf(cell: unknown, options: { keepNa?: boolean } = {}): string | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'object') throw new CellError('is a nested value where text is expected', 'a text');
  const wrapped = /^="(.*)"$/s.exec(String(cell).trim());
  const text = (wrapped?.[1] ?? String(cell)).trim();
  if (SPREADSHEET_ERROR.test(text.toUpperCase())) {
    throw new CellError('is an error of the spreadsheet', 'the value itself, or an empty cell');
  }
  if (/^=[A-Z]+\(|^=\$?[A-Z]+\$?\d/.test(text))
    throw new CellError('holds a formula', 'the value itself: paste it as a value');
  const nothing = NOTHING.has(text.toLowerCase()) && !(options.keepNa && text === 'NA');
  return text === '' || nothing ? undefined : text;
}

/** The entries of a list cell: separated by `;`, `|` or line breaks, by commas where there is none of these. Arrays of JSON stay as they are. */
export function listOf(cell: unknown): unknown[] {
  if (Array.isArray(cell)) return cell;
  const text = textOf(cell);
  if (!text) return [];
  const parts = /[;|\n]/.test(text) ? text.split(/[;|\n]+/) : text.split(/,\s*/);
  return parts.map((part) => part.trim()).filter((part) => part !== '' && !NOTHING.has(part.toLowerCase()));
}

// Withdrawn codes such as UK have the name of the one that took their place.
const CODES = Array.from({ length: 676 }, (_, at) =>
  String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26)),
).filter((code) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`);
const COUNTRIES = new Map(
  LANGUAGES.flatMap((lang) =>
    CODES.flatMap((code) => {
      const name = countryName(code, lang);
      return name ? [[foldLabel(name), code] as const] : [];
    }),
  ),
);
const MORE_COUNTRIES: Record<string, string> = {
  ita: 'IT',
  che: 'CH',
  sui: 'CH',
  i: 'IT',
  uk: 'GB',
  usa: 'US',
  deu: 'DE',
  fra: 'FR',
  aut: 'AT',
  'repubblica italiana': 'IT',
  'svizzera italiana': 'CH',
  'schweizerische eidgenossenschaft': 'CH',
  england: 'GB',
  'gran bretagna': 'GB',
};

/** ISO code of a country given as a code or by its name in one of the four languages. */
export function countryOfCell(cell: unknown): string | undefined {
  const text = textOf(cell, { keepNa: true });
  if (!text) return undefined;
  const code = text.toUpperCase();
  if (CODES.includes(code)) return code;
  const found = COUNTRIES.get(foldLabel(text)) ?? MORE_COUNTRIES[foldLabel(text)];
  if (!found) throw new CellError('is no country we know', 'a code such as IT or CH, or the name of a country');
  return found;
}

/**
 * NUTS code of a province, canton, region or well-known town, however it is spelled. `country` is what the row says, `likely` what its column lets
 * one expect: «TI» below «provincia» is still Ticino.
 */
export function territoryOfCell(cell: unknown, country: string | undefined, likely?: string): string | undefined {
  const text = textOf(cell, { keepNa: true });
  if (!text) return undefined;
  const place = text.length === 2 ? text.toUpperCase() : text;
  const code =
    findTerritory(place, country ?? likely) ??
    (country ? undefined : findTerritory(place)) ??
    (/^[A-Z]{2}[0-9A-Z]{1,3}$/.test(text) && isTerritory(text) ? text : undefined);
  if (code) return code;
  const elsewhere = country ? findTerritory(text) : undefined;
  const right = 'a province or canton such as Lecco, LC, Ticino, TI or ITC43; or an empty cell';
  if (elsewhere) throw new CellError(`lies in ${elsewhere.slice(0, 2)}, while the row's country is ${country}`, right);
  if (!country && /^[A-Za-z]{2}$/.test(text)) {
    throw new CellError('stands for places in two countries, or for none', `the country of the row, or ${right}`);
  }
  throw new CellError('is no single province or canton we know', right);
}

const LANGUAGE_NAMES = new Map<string, Lang>(
  LANGUAGES.flatMap((lang) => [
    [lang, lang] as const,
    ...LANGUAGES.map(
      (reader) => [fold(new Intl.DisplayNames([reader], { type: 'language' }).of(lang) ?? lang), lang] as const,
    ),
  ]),
);
for (const [name, lang] of [
  ['ita', 'it'],
  ['eng', 'en'],
  ['ing', 'en'],
  ['deu', 'de'],
  ['ger', 'de'],
  ['ted', 'de'],
  ['fra', 'fr'],
  ['fre', 'fr'],
] as const) {
  LANGUAGE_NAMES.set(name, lang);
}

/** Languages by code or name, without repetition. */
export function languagesOf(cell: unknown): Lang[] {
  const codes = listOf(cell)
    .flatMap((entry) => String(entry).split(/\s*\/\s*|\s+(?:e|und|et|and)\s+/))
    .map((name) => {
      const code = LANGUAGE_NAMES.get(fold(name.trim()).replace(/-[a-z]{2}$/, ''));
      if (!code)
        throw new CellError(
          `${shown(name)} is none of the platform's languages`,
          'it, en, de or fr, separated by semicolons',
        );
      return code;
    });
  return [...new Set(codes)];
}

/** A whole number; thousands may be grouped (`1.200`, `1'200`). */
export function wholeNumberOf(cell: unknown): number | undefined {
  const text = textOf(cell);
  if (!text) return undefined;
  const plain = /^\d{1,3}(?:[.,'’ ]\d{3})+$/.test(text) ? text.replace(/\D/g, '') : text.replace(/[.,]0+$/, '');
  if (!/^\d+$/.test(plain)) throw new CellError('is no whole number', 'a number such as 42');
  return Number(plain);
}

/** A web address; `www.example.org` gets its `https://`. */
export function webAddressOf(cell: unknown): string | undefined {
  const text = textOf(cell);
  if (!text) return undefined;
  return /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
}

/** One of a closed set of words; `words` maps folded spellings to the value. */
export function choiceOf<T extends string>(cell: unknown, words: Record<T, readonly string[]>): T | undefined {
  const text = textOf(cell);
  if (!text) return undefined;
  const folded = foldLabel(text);
  for (const [value, spellings] of Object.entries(words) as [T, readonly string[]][]) {
    if (foldLabel(value) === folded || spellings.includes(folded)) return value;
  }
  throw new CellError('is none of the known values', `one of ${Object.keys(words).join(', ')}`);
}

const LEVELS: Record<string, string> = {
  basic: 'basic',
  base: 'basic',
  grundkenntnisse: 'basic',
  notions: 'basic',
  advanced: 'advanced',
  avanzato: 'advanced',
  fortgeschritten: 'advanced',
  avance: 'advanced',
  expert: 'expert',
  esperto: 'expert',
  experte: 'expert',
  expertin: 'expert',
};

/** Competences: words of one's own, labels or ids; `machine vision (expert)` gives a level. The last word about a repeated one counts. */
export function competencesOf(cell: unknown): unknown[] {
  const found = new Map<string, unknown>();
  for (const entry of listOf(cell)) {
    if (typeof entry !== 'string') {
      found.set(JSON.stringify(entry), entry);
      continue;
    }
    const [, words, level] = /^(.*\S)\s*\(([^()]+)\)$/.exec(entry) ?? [];
    const known = level ? LEVELS[foldLabel(level)] : undefined;
    const competence = known && words ? words : entry;
    found.set(foldLabel(competence), known ? { competence, level: known } : competence);
  }
  return [...found.values()];
}
