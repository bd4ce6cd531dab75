import type { Lang } from '#libs/contracts';
import { foldLabel } from './fold.js';
import rows from './territories.json' with { type: 'json' };

interface Territory {
  code: string;
  /** Number-plate sign of the province or canton. */
  short?: string;
  it: string;
  /** Other languages only where the name differs from the Italian one. */
  en?: string;
  de?: string;
  fr?: string;
  /** Towns and other spellings. */
  also?: string[];
}

const TERRITORIES = new Map((rows as Territory[]).map((row) => [row.code, row]));

// Provinces and cantons that touch across or along the border; symmetrical.
const NEIGHBOURS = new Set(
  `ITC43-ITC42 ITC43-ITC44 ITC43-ITC46 ITC43-ITC4D ITC42-ITC41 ITC42-ITC44 ITC42-ITC4D ITC42-CH070 ITC42-CH056 ITC41-CH070 ITC41-ITC4C
  ITC41-ITC4D ITC41-ITC15 ITC41-ITC14 ITC44-CH056 ITC44-ITC46 ITC44-ITC47 ITC44-ITH10 ITC44-ITH20 ITC4D-ITC4C ITC4D-ITC46 ITC4C-ITC46 ITC4C-ITC15
  ITC14-CH070 ITC14-CH012 ITC14-ITC15 ITC14-ITC12 ITC20-CH012 ITC12-CH012 ITC12-ITC20 ITH10-CH056 CH070-CH056 CH070-CH062 CH070-CH012
  CH012-CH062 CH012-CH021 CH012-CH011 CH056-CH062 CH056-CH051 CH056-CH055`
    .trim()
    .split(/\s+/)
    .flatMap((pair) => [pair, pair.split('-').reverse().join('-')]),
);

const PLACES = new Map<string, string>();
const SIGNS = new Map<string, string[]>();
for (const row of TERRITORIES.values()) {
  if (row.short) SIGNS.set(row.short, [...(SIGNS.get(row.short) ?? []), row.code]);
  for (const name of [row.it, row.en, row.de, row.fr, ...(row.also ?? [])]) {
    // Smaller units stand after their region in the table and keep their own names: Genève is the canton, Trentino the region.
    if (name) PLACES.set(foldLabel(name), row.code);
  }
}

const regionNames: Partial<Record<Lang, Intl.DisplayNames>> = {};

/** Name of a country (ISO 3166-1 alpha-2) in one of the four languages; undefined when there is no such country. */
export function countryName(country: string, lang: Lang): string | undefined {
  if (!/^[A-Z]{2}$/.test(country) || country === 'ZZ') return undefined;
  regionNames[lang] ??= new Intl.DisplayNames([lang], { type: 'region', fallback: 'none' });
  return regionNames[lang].of(country);
}

/** Name of a province, canton, region or country by its code (`ITC43`, `CH070`, `ITC4`, `IT`); undefined when there is none. */
export function territoryLabel(code: string, lang: Lang): string | undefined {
  const row = TERRITORIES.get(code);
  // The first-level unit of Switzerland is the whole of it.
  return row ? (row[lang] ?? row.it) : countryName(code === 'CH0' ? 'CH' : code, lang);
}

/** Number-plate sign of a province or canton by its code (`ITC43` LC, `CH070` TI); undefined for regions, countries and what is unknown. */
export function territorySign(code: string): string | undefined {
  return TERRITORIES.get(code)?.short;
}

/** The region that a territory lies in (`ITC43` → `ITC4`, `CH070` → `CH0`): as much as is said of somebody who wants to stay unnamed. */
export function regionOf(code: string): string {
  // Second-level units are cantons in part of Switzerland: one of them would name a handful of firms.
  return code.slice(0, code.startsWith('CH') ? 3 : 4);
}

/** The country of a known territory code, as ISO 3166-1 alpha-2. */
export function countryOf(code: string): string | undefined {
  return isTerritory(code) ? code.slice(0, 2) : undefined;
}

/** Whether the code is an Italian province, a Swiss canton, one of their regions, or a country. */
export function isTerritory(code: string): boolean {
  return TERRITORIES.has(code) || countryName(code, 'en') !== undefined;
}

/** Codes of all Italian provinces and Swiss cantons (NUTS level 3), or of one country's. */
export function territoryCodes(country?: string): string[] {
  return [...TERRITORIES.keys()].filter((code) => code.length === 5 && (!country || code.startsWith(country)));
}

/**
 * The code that a place name or sign stands for: a province, canton, region, well-known town, `LC`, `ZH`, `Zürich`, `Valais / Wallis`,
 * `Lecco (LC)`, or a code itself. A sign that both countries use (GE, SO, FR …) needs the country; without it the answer is undefined, as for any unknown place.
 */
export function findTerritory(placeName: string, country?: string): string | undefined {
  const trimmed = placeName.slice(0, 200).trim();
  const upper = trimmed.toUpperCase();
  if (TERRITORIES.has(upper)) return inCountry(upper, country);
  // «CH» in a list of places is Switzerland far more often than Chieti.
  if ((upper === 'CH' || upper === 'IT') && country !== 'IT') return inCountry(upper, country);
  const sign = /^(?:[^()]+\()?([A-Z]{2})\)?$/.exec(trimmed)?.[1];
  if (sign) {
    const codes = (SIGNS.get(sign) ?? []).filter((code) => inCountry(code, country));
    if (codes.length === 1) return codes[0];
  }
  const candidates = [trimmed, trimmed.replace(/\(.*\)/, ''), ...trimmed.split(/[/,;|]/)];
  for (const candidate of candidates) {
    const name = foldLabel(candidate).replace(
      /^(?:(?:provincia|province|provinz|canton|cantone|kanton|regione|region)(?: (?:di|del|of|de|du|von))?) /,
      '',
    );
    const code = PLACES.get(foldLabel(candidate)) ?? PLACES.get(name);
    if (code && inCountry(code, country)) return code;
  }
  return undefined;
}

/** Nearness of two territories: 1 the same province or canton, .7 neighbours in the border region, .5 the same region, .3 the same country, else 0. */
export function nearness(a: string, b: string): number {
  if (a === b && a.length === 5) return 1;
  if (NEIGHBOURS.has(`${a}-${b}`)) return 0.7;
  if (a.length >= 4 && b.length >= 4 && a.slice(0, 4) === b.slice(0, 4)) return 0.5;
  return a.slice(0, 2) === b.slice(0, 2) && a.length >= 2 ? 0.3 : 0;
}

function inCountry(code: string, country: string | undefined): string | undefined {
  return !country || code.startsWith(country) ? code : undefined;
}
