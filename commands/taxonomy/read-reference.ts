import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ReferenceConcept } from '#libs/competences';
import type { Issue } from '../import/issue.js';
import { ConceptDrafts } from './concept-drafts.js';
import { crosswalkOf, readCrosswalk } from './crosswalk.reader.js';
import { ESCO_ATTRIBUTION, escoPart, readEsco } from './esco.reader.js';
import { sectorList } from './sectors.reader.js';
import { cellsOf, filesOf, Records, type Target, textOf } from './source-file.js';

/** One classification as its files describe it. */
export interface ReferenceSource {
  source: string;
  /** A line that whoever shows it must print. */
  attribution: string | null;
  /** Ordered by id. */
  concepts: ReferenceConcept[];
}

export interface ReferenceReading {
  sources: ReferenceSource[];
  /** Rows that were left out, and why. */
  problems: Issue[];
  /** Files that were left out, and why. */
  leftOut: { file: string; why: string }[];
  /** Crosswalks name concepts of other versions, which nothing here describes. */
  unknown: { file: string; concepts: number }[];
}

export interface ReadOptions {
  /** Ids of concepts that are not wanted. */
  without?: ReadonlySet<string>;
  /** Told after each file, in bytes. */
  progress?: (bytes: number) => void;
}

/** Reads classifications from files and folders, without a database. Later files add languages to what earlier ones described. Throws where a path does not exist. */
export function readReference(paths: readonly string[], options: ReadOptions = {}): ReferenceReading {
  const drafts = new Map<string, ConceptDrafts>();
  const reading: ReferenceReading = { sources: [], problems: [], leftOut: [], unknown: [] };
  const target = (source: string): Target => {
    const known = drafts.get(source) ?? new ConceptDrafts();
    drafts.set(source, known);
    return { drafts: known, problems: reading.problems };
  };
  for (const file of [...new Set(paths.flatMap(filesOf))].sort((a, b) => turnOf(a) - turnOf(b))) {
    let why: string | undefined;
    try {
      why = /\.json$/i.test(file) ? readJson(file, target) : readCsv(file, target, reading);
    } catch (error) {
      why = (error as Error).message;
    }
    if (why) reading.leftOut.push({ file, why });
    options.progress?.(statSync(file).size);
  }
  for (const [source, collected] of drafts) {
    const concepts = collected.finish(options.without ?? new Set());
    const attribution = source === 'esco' ? ESCO_ATTRIBUTION : null;
    if (concepts.length > 0) reading.sources.push({ source, attribution, concepts });
  }
  return reading;
}

/** Ids in the first or second column of a file with tabs: concepts to leave out. */
export function readWithout(path: string): Set<string> {
  const cells = readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => line.split('\t').slice(0, 2));
  return new Set(cells.map((cell) => cell.trim()).filter(Boolean));
}

// Relations and crosswalks speak of concepts that other files describe, so they come after them.
function turnOf(file: string): number {
  const part = escoPart(file)?.part;
  if (!part) return 2;
  return /^(?:skills|occupations|skillGroups|ISCOGroups)$/i.test(part) ? 0 : 1;
}

function readCsv(file: string, target: (source: string) => Target, reading: ReferenceReading): string | undefined {
  const cells = cellsOf(textOf(file));
  const esco = escoPart(file);
  if (esco) return readEsco(new Records(file, cells), esco.part, esco.lang, target('esco'));
  const crosswalk = crosswalkOf(file, cells);
  if (!crosswalk) return 'it is neither a file of ESCO (such as skills_it.csv) nor a crosswalk';
  const outcome = readCrosswalk(crosswalk, target('esco'));
  if (typeof outcome === 'string') return outcome;
  if (outcome.unknown > 0) reading.unknown.push({ file: basename(file), concepts: outcome.unknown });
  return undefined;
}

function readJson(file: string, target: (source: string) => Target): string | undefined {
  let content: unknown;
  try {
    content = JSON.parse(textOf(file));
  } catch {
    return 'it is no readable JSON';
  }
  const list = sectorList(file, content);
  if (!list) return 'it is neither NOGA (levels with codes and labels) nor ATECO (codes with descriptions)';
  list.read(target(list.source));
  return undefined;
}
