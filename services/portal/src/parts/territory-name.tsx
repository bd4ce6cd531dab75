import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { country as countryName } from '../i18n/format.js';
import { language } from '../i18n/language.js';

interface Territory {
  code: string;
  it: string;
  en?: string;
  de?: string;
  fr?: string;
}

let table: Promise<ReadonlyMap<string, Territory>> | undefined;

/** The territories that the platform knows, by NUTS code. Loaded once, when the first name is shown. */
function territories(): Promise<ReadonlyMap<string, Territory>> {
  table ??= import('../../../../libs/competences/src/territories.json').then(
    ({ default: rows }) => new Map((rows as Territory[]).map((row) => [row.code, row])),
  );
  return table;
}

/** Those that one can choose from: provinces and cantons, with their names in the reader's language. */
export function useTerritories(): { code: string; name: string }[] {
  useTranslation('parts');
  const lang = language();
  return [...use(territories()).values()]
    .filter(({ code }) => code.length === 5)
    .map((row) => ({ code: row.code, name: row[lang] ?? row.it }))
    .sort((a, b) => a.name.localeCompare(b.name, lang));
}

/** Names any place that a profile can have: a province, a region, a whole country. */
export function usePlaceName(): (code: string) => string {
  useTranslation('parts');
  const places = use(territories());
  const lang = language();
  return (code) => {
    if (/^[A-Z]{2}$/.test(code)) return countryName(code);
    const row = places.get(code);
    return row?.[lang] ?? row?.it ?? code;
  };
}

/** `Lecco, Italia`: where something is, as far as it is known. */
export function TerritoryName({
  code,
  country,
}: {
  code: string | null | undefined;
  country: string | null | undefined;
}) {
  useTranslation('parts');
  const row = use(territories()).get(code ?? '');
  const place = row && (row[language()] ?? row.it);
  const land = country ? countryName(country) : undefined;
  return [place, land === place ? undefined : land].filter(Boolean).join(', ');
}
