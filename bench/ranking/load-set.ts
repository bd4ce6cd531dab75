import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Candidate, Profiles, Query, RankingSet } from './set.js';

const candidateLine = z
  .object({
    id: z.string().min(1),
    lang: z.string().min(1),
    texts: z.array(z.string()),
    text_ids: z.array(z.string().min(1)).optional(),
    concept: z.string().min(1).optional(),
    description: z.string().optional(),
  })
  .refine(({ texts, text_ids }) => !text_ids || text_ids.length === texts.length, {
    path: ['text_ids'],
    error: 'must have one entry for each of texts',
  });
const queryLine = z.object({
  id: z.string().min(1),
  lang: z.string().min(1),
  text: z.string(),
  split: z.string().optional(),
});

/** Reads a folder in the neutral format. Throws with file and line of the first fault; files it does not know are left alone. */
export function loadSet(dir: string): RankingSet {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${dir} is not a folder`);
  const candidates = readCandidates(join(dir, 'candidates.jsonl'));
  const backgroundFile = join(dir, 'background.jsonl');
  const background = existsSync(backgroundFile) ? readCandidates(backgroundFile) : [];
  const ofCandidate = new Map(candidates.map((candidate) => [candidate.id, new Set(candidate.textIds)]));
  const textIds = new Set([...candidates, ...background].flatMap(({ textIds }) => textIds ?? []));

  const queries = new Map<string, Query & { excluded: Set<string> }>();
  const queryFile = join(dir, 'queries.jsonl');
  for (const [line, { id, lang, text, split }] of jsonLines(queryFile, queryLine)) {
    if (queries.has(id)) throw fault(queryFile, line, `query ${id} stands here a second time`);
    queries.set(id, { id, lang, text, split, excluded: new Set() });
  }
  if (queries.size === 0) throw new Error(`${queryFile} holds no query`);

  const grades = new Map<string, Map<string, number>>();
  const gradeFile = join(dir, 'qrels.tsv');
  for (const [line, [query, candidate, grade]] of tsvLines(gradeFile, 3)) {
    known(queries, query, 'query', gradeFile, line);
    known(ofCandidate, candidate, 'candidate', gradeFile, line);
    const value = Number(grade);
    if (grade === '' || !Number.isFinite(value) || value < 0)
      throw fault(gradeFile, line, `«${grade}» is not a grade (a number, 0 or more)`);
    entry(grades, query, () => new Map<string, number>()).set(candidate, value);
  }

  const excludedFile = join(dir, 'excluded_texts.tsv');
  for (const [line, [query, text]] of optionalTsv(excludedFile, 2)) {
    known(queries, query, 'query', excludedFile, line);
    known(textIds, text, 'text', excludedFile, line);
    queries.get(query)?.excluded.add(text);
  }

  const heldoutFile = join(dir, 'heldout_concepts.tsv');
  // Each row names a concept by the set's own id and by its URI; whichever a taxonomy knows it by must go.
  const heldoutConcepts = new Set([...optionalTsv(heldoutFile, 1)].flatMap(([, cells]) => cells));

  return {
    corpus: {
      name: basename(resolve(dir)),
      candidates,
      background,
      heldoutConcepts,
      profiles: readProfiles(join(dir, 'profiles.tsv'), ofCandidate),
    },
    queries: [...queries.values()],
    grades,
    readme: existsSync(join(dir, 'README.md')) ? readFileSync(join(dir, 'README.md'), 'utf8') : undefined,
  };
}

function readCandidates(file: string): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const [line, { text_ids: textIds, ...candidate }] of jsonLines(file, candidateLine)) {
    if (found.has(candidate.id)) throw fault(file, line, `candidate ${candidate.id} stands here a second time`);
    found.set(candidate.id, { ...candidate, textIds });
  }
  if (found.size === 0) throw new Error(`${file} holds no candidate`);
  return [...found.values()];
}

function readProfiles(file: string, ofCandidate: ReadonlyMap<string, ReadonlySet<string>>): Profiles | undefined {
  if (!existsSync(file)) return undefined;
  const profiles = new Map<string, Map<string, Set<string>>>();
  for (const [line, [sample, candidate, text]] of tsvLines(file, 3)) {
    known(ofCandidate, candidate, 'candidate', file, line);
    known(ofCandidate.get(candidate)!, text, `text of ${candidate}`, file, line);
    const owners = entry(profiles, sample, () => new Map<string, Set<string>>());
    entry(owners, candidate, () => new Set<string>()).add(text);
  }
  return profiles;
}

function* jsonLines<T>(file: string, schema: z.ZodType<T>): Generator<[line: number, value: T]> {
  for (const [line, text] of lines(file)) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw fault(file, line, 'is not one JSON object');
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw fault(file, line, `${issue?.path.join('.') || 'the object'}: ${issue?.message}`);
    }
    yield [line, parsed.data];
  }
}

type Cells = [string, string, string];

function* optionalTsv(file: string, columns: number): Generator<[line: number, cells: Cells]> {
  if (existsSync(file)) yield* tsvLines(file, columns);
}

function* tsvLines(file: string, columns: number): Generator<[line: number, cells: Cells]> {
  for (const [line, text] of lines(file)) {
    const cells = text.split('\t');
    if (cells.length < columns) throw fault(file, line, `${columns} columns are wanted, ${cells.length} found`);
    yield [line, cells as Cells];
  }
}

function* lines(file: string): Generator<[line: number, text: string]> {
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  const all = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n');
  for (const [index, raw] of all.entries()) {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (text.trim() !== '') yield [index + 1, text];
  }
}

function known(ids: { has(id: string): boolean }, id: string, what: string, file: string, line: number): void {
  if (!ids.has(id)) throw fault(file, line, `there is no ${what} ${id}`);
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

const fault = (file: string, line: number, what: string) => new Error(`${file}, line ${line}: ${what}`);
