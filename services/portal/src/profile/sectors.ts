import type { Language } from '../i18n/language.js';
import type { Sector } from './company-form.js';

/** A division of NACE, by which the national lists agree, with the platform's own names. */
export type Division = { division: string; section: string } & Record<Language, string>;

interface SectorChoice {
  sector: Sector;
  label: string;
  hint: string;
}

const MOST = 8;
const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** The lists of a country, the present one first; elsewhere there is none but NACE. */
function schemesOf(country: string): Sector['scheme'][] {
  if (country === 'IT') return ['ATECO2025', 'ATECO2007'];
  return country === 'CH' ? ['NOGA2025', 'NOGA2008'] : ['NACE2.1', 'NACE2'];
}

/** The lists by their own names, which are the same in every language. */
export const SCHEME_NAMES: Record<Sector['scheme'], string> = {
  ATECO2025: 'ATECO 2025',
  ATECO2007: 'ATECO 2007',
  NOGA2025: 'NOGA 2025',
  NOGA2008: 'NOGA 2008',
  'NACE2.1': 'NACE 2.1',
  NACE2: 'NACE 2',
};

/** The sectors whose name has each of the words typed, somewhere. */
export function wordChoices(typed: string, country: string, rows: readonly Division[], lang: Language): SectorChoice[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const [scheme = 'NACE2.1'] = schemesOf(country);
  const begins = (name: string) => name.startsWith(words[0] ?? '');
  return rows
    .map((row) => ({ row, name: folded(row[lang]) }))
    .filter(({ row, name }) => row.division !== '45' && words.every((word) => name.includes(word)))
    .sort((one, other) => Number(begins(other.name)) - Number(begins(one.name)))
    .slice(0, MOST)
    .map(({ row }) => ({
      sector: { scheme, code: row.division },
      label: row[lang],
      hint: `${SCHEME_NAMES[scheme]} ${row.division}`,
    }));
}

/** What a code as typed can mean: that of the present list, or of the one before it. */
export function codeChoices(typed: string, country: string, rows: readonly Division[], lang: Language): SectorChoice[] {
  const code = written(typed);
  if (!code) return [];
  return schemesOf(country).flatMap((scheme) => {
    const row = rows.find(({ division }) => code.startsWith(division));
    const old = scheme === 'ATECO2007' || scheme === 'NOGA2008' || scheme === 'NACE2';
    // Trade in vehicles had a division of its own before.
    if (!row || (row.division === '45' && !old)) return [];
    return [{ sector: { scheme, code }, label: row[lang], hint: `${SCHEME_NAMES[scheme]} ${code}` }];
  });
}

/** `284100` and `C28.41` as `28.41.00` and `28.41`; undefined while it is not a code yet. */
function written(typed: string): string | undefined {
  const digits = typed.replace(/^\s*[A-V]?\s?/i, '').replaceAll(/[.\s]/g, '');
  if (!/^\d{2,6}$/.test(digits)) return undefined;
  return digits.match(/\d{1,2}/g)?.join('.');
}

/** What a code is about, as far as the platform has a name for it. */
export function sectorName(code: string, rows: readonly Division[], lang: Language): string {
  const digits = code.replace(/^[A-V]/, '');
  return rows.find(({ division }) => digits.startsWith(division))?.[lang] ?? code;
}
