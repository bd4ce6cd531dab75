import type { Lang } from '#libs/contracts';
import divisions from './divisions.json' with { type: 'json' };

export type SectorScheme = 'ATECO2025' | 'NOGA2025' | 'ATECO2007' | 'NOGA2008' | 'NACE2.1' | 'NACE2';

/** A national sector code on the common ground of NACE. */
export interface NaceSector {
  /** As deep as the code goes, at most the class: `28`, `28.4` or `28.41`. */
  nace: string;
  division: string;
  /** Section letter in the code's own revision. */
  section: string;
  revision: '2.1' | '2';
}

const DIVISIONS = new Map(divisions.map((row) => [row.division, row]));
// Rev. 2 has division 45, Rev. 2.1 has not; every other division exists in both.
const ONLY_REVISION_2 = '45';
const REVISION_2_SECTIONS: [last: number, section: string][] = [
  [3, 'A'],
  [9, 'B'],
  [33, 'C'],
  [35, 'D'],
  [39, 'E'],
  [43, 'F'],
  [47, 'G'],
  [53, 'H'],
  [56, 'I'],
  [63, 'J'],
  [66, 'K'],
  [68, 'L'],
  [75, 'M'],
  [82, 'N'],
  [84, 'O'],
  [85, 'P'],
  [88, 'Q'],
  [93, 'R'],
  [96, 'S'],
  [98, 'T'],
  [99, 'U'],
];

/**
 * The NACE place of a national code. Accepts `28.41.00`, `284100`, `28.4`, `28`, `C28`, `C 28.41`; a leading zero that a
 * spreadsheet swallowed is put back where a dot shows it (`1.11`). Undefined when malformed or when there is no such division.
 */
export function naceOf({ scheme, code }: { scheme: SectorScheme; code: string }): NaceSector | undefined {
  const revision = scheme === 'ATECO2025' || scheme === 'NOGA2025' || scheme === 'NACE2.1' ? '2.1' : '2';
  const parsed = /^([A-V])?\s?(\d{1,2}(?:\.\d{1,2}){0,2}|\d{2,6})$/.exec(code.trim().toUpperCase());
  if (!parsed?.[2]) return undefined;
  const dotted = parsed[2].includes('.');
  const digits = (dotted && /^\d\./.test(parsed[2]) ? `0${parsed[2]}` : parsed[2]).replaceAll('.', '');
  if (digits.length < 2 || digits.length > (scheme.startsWith('NACE') ? 4 : 6)) return undefined;
  const division = digits.slice(0, 2);
  if (!DIVISIONS.has(division) || (division === ONLY_REVISION_2 && revision === '2.1')) return undefined;
  const section = sectionOf(division, revision);
  if (parsed[1] && parsed[1] !== section) return undefined;
  // A zero in the place of group or class means «not further divided» where nothing else follows: 28.00.00 is division 28.
  const rest = digits.slice(2, 4).replace(/^0+$/, '');
  return { nace: rest ? `${division}.${rest}` : division, division, section, revision };
}

/** Nearness of two sectors: same class 1, group .8, division .6, section .3, else 0. Codes of different revisions meet at division level at most. */
export function sectorNearness(a: NaceSector, b: NaceSector): number {
  if (a.division !== b.division) return sectionOf(a.division, '2.1') === sectionOf(b.division, '2.1') ? 0.3 : 0;
  if (a.revision !== b.revision || a.nace.length < 4 || b.nace.length < 4 || a.nace[3] !== b.nace[3]) return 0.6;
  return a.nace.length === 5 && a.nace === b.nace ? 1 : 0.8;
}

/** The project's own name of the division that a division (`28`) or a code (`28.41.00`, `C28`) belongs to; undefined when there is none. */
export function sectorLabel(divisionOrCode: string, lang: Lang): string | undefined {
  const division = /^[A-V]?\s?(\d{2})/.exec(divisionOrCode.trim().toUpperCase())?.[1];
  return division === undefined ? undefined : DIVISIONS.get(division)?.[lang];
}

function sectionOf(division: string, revision: '2.1' | '2'): string {
  if (revision === '2.1') return DIVISIONS.get(division)?.section ?? '';
  return REVISION_2_SECTIONS.find(([last]) => Number(division) <= last)?.[1] ?? '';
}
