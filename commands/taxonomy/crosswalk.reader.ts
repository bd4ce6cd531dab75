import { LANGUAGES, type Lang } from '#libs/contracts';
import { isUri } from './esco.reader.js';
import { Records, type Target } from './source-file.js';

const HEADER_ROWS = 40;
const LABEL = 'Classification 1 PrefLabel';

/**
 * Recognises a crosswalk from ESCO to another classification: rows that describe it, then rows that link. It gives labels to concepts that are
 * known: ESCO's own in the language that it names, and those of the other side where both mean exactly the same.
 */
export function crosswalkOf(
  file: string,
  cells: readonly string[][],
): { records: Records; about: Map<string, string> } | undefined {
  const header = cells.slice(0, HEADER_ROWS).findIndex((row) => row.some((cell) => cell.trim() === LABEL));
  if (header < 1) return undefined;
  const about = new Map(cells.slice(0, header).map((row) => [(row[0] ?? '').trim(), (row[1] ?? '').trim()]));
  return { records: new Records(file, cells, header), about };
}

/** Reads a crosswalk. Answers why it is left out, or the number of its concepts that nobody else described. */
export function readCrosswalk(
  { records, about }: { records: Records; about: Map<string, string> },
  { drafts, problems }: Target,
): string | { unknown: number } {
  const own = languageOf(about.get('Classification 1 Language'));
  const others = labelColumns(records, about);
  if (!own && others.length === 0) return 'it has labels in none of it, en, de and fr';
  const unknown = new Set<string>();
  for (const row of records.rows()) {
    const uri = [row.cell('Classification 1 URI'), row.cell('Classification 1 URL')].find(isUri);
    if (!uri) {
      // A row without a partner says so by an empty cell.
      if (row.cell('Classification 1 URI'))
        problems.push(row.issue('Classification 1 URI', 'is no URI', 'the URI of the ESCO concept, or an empty cell'));
      continue;
    }
    if (!drafts.has(uri)) {
      unknown.add(uri);
      continue;
    }
    const concept = drafts.concept(uri, 'skill');
    if (own) drafts.addLabels(concept, own, [row.cell(LABEL)]);
    if (/exactMatch$/.test(row.cell('Mapping relation') || row.cell('Mapping Relation'))) {
      for (const { column, lang } of others) drafts.addLabels(concept, lang, [row.cell(column)]);
    }
  }
  return { unknown: unknown.size };
}

function labelColumns(records: Records, about: ReadonlyMap<string, string>): { column: string; lang: Lang }[] {
  return records.columns().flatMap((column) => {
    const [, told] = /^Classification 2 PrefLabel(?: ([A-Z]{2}))?$/.exec(column) ?? [];
    if (!column.startsWith('Classification 2 PrefLabel')) return [];
    const lang = languageOf(told ?? about.get('Classification 2 Language'));
    return lang ? [{ column, lang }] : [];
  });
}

function languageOf(text: string | undefined): Lang | undefined {
  return LANGUAGES.find((lang) => lang === text?.trim().toLowerCase());
}
