import { use } from 'react';
import { type Language, language } from '../i18n/language.js';
import { country } from '../shared/format.js';

type Row = { code: string; it: string } & Partial<Record<Language, string>>;

let table: Promise<ReadonlyMap<string, Row>> | undefined;
const rows = () => {
  table ??= import('../../../../libs/competences/src/territories.json').then(
    ({ default: all }) => new Map((all as Row[]).map((row) => [row.code, row])),
  );
  return table;
};

/** Names any place that a profile can have: a province, a region, a whole country. Suspends while their table loads. */
export function usePlaceName(): (code: string) => string {
  const places = use(rows());
  const lang = language();
  return (code) => {
    if (/^[A-Z]{2}$/.test(code)) return country(code);
    const row = places.get(code);
    return row?.[lang] ?? row?.it ?? code;
  };
}
