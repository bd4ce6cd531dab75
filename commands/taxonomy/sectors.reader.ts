import { basename } from 'node:path';
import { z } from 'zod';
import { LANGUAGES } from '#libs/contracts';
import type { Target } from './source-file.js';

const LEVELS = ['SECTION', 'DIVISION', 'GROUP', 'CLASS', 'TYPE'] as const;
const labels = z.partialRecord(z.enum(LANGUAGES), z.string());
const nogaSchema = z.partialRecord(z.enum(LEVELS), z.record(z.string(), z.unknown())).refine((levels) => levels.CLASS);
const atecoSchema = z.array(z.object({ code: z.string(), description: z.string() })).min(1);

/** Last division of each section of NACE Rev. 2, in whose order they follow one another. */
const SECTION_ENDS: [string, number][] = [
  ['A', 3],
  ['B', 9],
  ['C', 33],
  ['D', 35],
  ['E', 39],
  ['F', 43],
  ['G', 47],
  ['H', 53],
  ['I', 56],
  ['J', 63],
  ['K', 66],
  ['L', 68],
  ['M', 75],
  ['N', 82],
  ['O', 84],
  ['P', 85],
  ['Q', 88],
  ['R', 93],
  ['S', 96],
  ['T', 98],
  ['U', 99],
];

/** The name of the list that a file holds and what reads it; undefined for other files. */
export function sectorList(
  path: string,
  content: unknown,
): { source: string; read: (target: Target) => void } | undefined {
  const file = basename(path);
  const year = /\d{4}/.exec(file)?.[0];
  const noga = nogaSchema.safeParse(content);
  if (noga.success) {
    const source = `noga${year ?? '2008'}`;
    return { source, read: (target) => readNoga(file, source, noga.data, target) };
  }
  const ateco = atecoSchema.safeParse(content);
  if (ateco.success) {
    const source = `ateco${year ?? '2025'}`;
    return { source, read: (target) => readAteco(file, source, ateco.data, target) };
  }
  return undefined;
}

// 1396 is class 13.96 of NACE, 139600 the Swiss type 13.96.00.
function readNoga(
  file: string,
  source: string,
  levels: z.output<typeof nogaSchema>,
  { drafts, problems }: Target,
): void {
  let row = 0;
  for (const level of LEVELS) {
    for (const [code, value] of Object.entries(levels[level] ?? {})) {
      row++;
      const named = labels.safeParse(value);
      if (!/^(?:[A-U]|\d{2}|\d{3}|\d{4}|\d{6})$/.test(code) || !named.success) {
        const right = 'a code such as 1396 with labels such as { "de": "…", "fr": "…" }';
        problems.push({ file, row, column: level, value: code, wrong: 'is no sector with labels', right });
        continue;
      }
      const concept = drafts.concept(`${source}:${dotted(code)}`, 'sector');
      concept.code = dotted(code);
      for (const lang of LANGUAGES) drafts.addLabels(concept, lang, [named.data[lang] ?? '']);
      const wider = widerThan(code);
      if (wider) drafts.addBroader(concept, `${source}:${dotted(wider)}`);
    }
  }
}

function readAteco(
  file: string,
  source: string,
  rows: z.output<typeof atecoSchema>,
  { drafts, problems }: Target,
): void {
  rows.forEach(({ code, description }, at) => {
    if (!/^\d{2}(?:\.\d{1,2}){0,2}$/.test(code) || !description.trim()) {
      const right = 'a code such as 13.96.0 with a description';
      problems.push({
        file,
        row: at + 1,
        column: 'code',
        value: code,
        wrong: 'is no sector with a description',
        right,
      });
      return;
    }
    const concept = drafts.concept(`${source}:${code}`, 'sector');
    concept.code = code;
    drafts.addLabels(concept, 'it', [description]);
    // 13.96.01 lies in 13.96.0; the levels above are not in the list.
    const wider = code.length === 8 ? code.slice(0, 7) : code.replace(/\.?\d$/, '');
    if (wider !== code) drafts.addBroader(concept, `${source}:${wider}`);
  });
}

function dotted(code: string): string {
  return [code.slice(0, 2), code.slice(2, 4), code.slice(4)].filter(Boolean).join('.');
}

function widerThan(code: string): string | undefined {
  if (code.length === 6) return code.slice(0, 4);
  if (code.length > 2) return code.slice(0, -1);
  return code.length === 2 ? SECTION_ENDS.find(([, last]) => Number(code) <= last)?.[0] : undefined;
}
