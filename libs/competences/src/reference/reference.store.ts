import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Lang } from '#libs/contracts';
import { LANGUAGES } from '../identify.js';
import type { ReferenceConcept, ReferenceKind } from './reference-concept.js';

/** PostgreSQL tells its listeners on this channel that other versions are active. */
export const REFERENCE_CHANNEL = 'reference_taxonomy';

const ROWS = 2_000;
/** "TAXO" as a number: imports come one after the other. */
const IMPORT_LOCK = 0x5441584f;

/** A classification as it is kept. */
export interface ReferenceVersion {
  id: string;
  source: string;
  hash: string;
  attribution: string | null;
  concepts: number;
  languages: Lang[];
  importedAt: Date;
  /** When its lexicon was kept; null without one. */
  lexiconAt: Date | null;
}

/** A classification to be kept; concepts are ordered by id. */
export interface ReferenceImport {
  source: string;
  attribution: string | null;
  concepts: readonly ReferenceConcept[];
}

/** What concepts say, as a number that differs when anything does. */
export function referenceHash(concepts: readonly ReferenceConcept[]): string {
  const hash = createHash('sha256');
  for (const { id, kind, broader, code, labels, descriptions } of concepts) {
    const described = LANGUAGES.map((lang) => descriptions?.[lang] ?? null);
    hash.update(JSON.stringify([id, kind, broader, code ?? null, LANGUAGES.map((lang) => labels[lang]), described]));
  }
  return hash.digest('hex');
}

/** The classifications that are in use, ordered by source. */
export async function activeReferences(manager: EntityManager): Promise<ReferenceVersion[]> {
  return manager.query(`SELECT id, source, hash, attribution, concepts, languages, imported_at AS "importedAt", lexicon_at AS "lexiconAt"
    FROM taxonomy_version WHERE active ORDER BY source`);
}

/** Names the whole that these versions make. */
export function referenceVersionOf(versions: readonly ReferenceVersion[]): string {
  const content = versions.map(({ source, hash }) => `${source} ${hash}`).join('\n');
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * Keeps classifications in place of those of the same source, all in one transaction that the caller has opened: who reads meanwhile sees the
 * old ones, then the new ones. Answers which sources changed; one with the same content is left as it is.
 */
export async function keepReferences(
  manager: EntityManager,
  imports: readonly ReferenceImport[],
  progress: (concepts: number) => void = () => {},
): Promise<string[]> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [IMPORT_LOCK]);
  const active = await activeReferences(manager);
  const changed: string[] = [];
  for (const { source, attribution, concepts } of imports) {
    const hash = referenceHash(concepts);
    if (active.some((one) => one.source === source && one.hash === hash)) {
      progress(concepts.length);
      continue;
    }
    const languages = LANGUAGES.filter((lang) => concepts.some((concept) => concept.labels[lang].length > 0));
    const rows: { id: string }[] = await manager.query(
      'INSERT INTO taxonomy_version (source, hash, attribution, concepts, languages) VALUES ($1, $2, $3, $4, $5) RETURNING id',
      [source, hash, attribution, concepts.length, languages],
    );
    const id = rows[0]!.id;
    for (let from = 0; from < concepts.length; from += ROWS) {
      const page = concepts.slice(from, from + ROWS);
      await insertConcepts(manager, id, page, from);
      progress(page.length);
    }
    await manager.query('DELETE FROM taxonomy_version WHERE source = $1 AND id <> $2', [source, id]);
    await manager.query('UPDATE taxonomy_version SET active = true WHERE id = $1', [id]);
    changed.push(source);
  }
  if (changed.length > 0) await announce(manager);
  return changed;
}

/** Forgets a classification. Answers whether there was one. */
export async function removeReference(manager: EntityManager, source: string): Promise<boolean> {
  const removed: [unknown, number] = await manager.query('DELETE FROM taxonomy_version WHERE source = $1', [source]);
  if (removed[1] > 0) await announce(manager);
  return removed[1] > 0;
}

/** The concepts of versions, version by version in the order given, page by page. Call it in a transaction that sees one state throughout. */
export async function* readReferences(
  manager: EntityManager,
  versions: readonly ReferenceVersion[],
): AsyncGenerator<ReferenceConcept> {
  for (const { id } of versions) {
    for (let from = 0; ; from += ROWS) {
      const rows = await manager.query<ConceptRow[]>(
        `SELECT c.id, c.kind, c.broader, c.code,
          (SELECT json_object_agg(l.lang, l.labels) FROM reference_label l WHERE l.version_id = c.version_id AND l.place = c.place) AS labels,
          (SELECT json_object_agg(l.lang, l.description) FROM reference_label l
           WHERE l.version_id = c.version_id AND l.place = c.place AND l.description IS NOT NULL) AS descriptions
         FROM reference_concept c WHERE c.version_id = $1 AND c.place >= $2 AND c.place < $3 ORDER BY c.place`,
        [id, from, from + ROWS],
      );
      if (rows.length === 0) break;
      for (const { labels, code, descriptions, ...row } of rows) {
        yield {
          ...row,
          ...(code ? { code } : {}),
          labels: { it: [], en: [], de: [], fr: [], ...labels },
          ...(descriptions ? { descriptions } : {}),
        };
      }
    }
  }
}

/** Keeps the lexicon that was built from a version, with it: another version has none until one is built. */
export async function keepLexicon(manager: EntityManager, versionId: string, lexicon: Buffer): Promise<void> {
  // It is learned from all versions together, so there is one at a time.
  await manager.query(
    `UPDATE taxonomy_version SET lexicon = CASE WHEN id = $1 THEN $2::bytea END, lexicon_at = CASE WHEN id = $1 THEN now() END
     WHERE id = $1 OR lexicon_at IS NOT NULL`,
    [versionId, lexicon],
  );
  await announce(manager);
}

/** The lexicon of a version, if one was built. */
export async function lexiconOf(manager: EntityManager, versionId: string): Promise<Buffer | undefined> {
  const rows = await manager.query<{ lexicon: Buffer | null }[]>('SELECT lexicon FROM taxonomy_version WHERE id = $1', [
    versionId,
  ]);
  return rows[0]?.lexicon ?? undefined;
}

interface ConceptRow {
  id: string;
  kind: ReferenceKind;
  broader: string[];
  code: string | null;
  labels: Partial<Record<Lang, string[]>> | null;
  descriptions: Partial<Record<Lang, string>> | null;
}

// Listeners hear it when the transaction commits.
async function announce(manager: EntityManager): Promise<void> {
  await manager.query(`NOTIFY ${REFERENCE_CHANNEL}`);
}

async function insertConcepts(
  manager: EntityManager,
  version: string,
  concepts: readonly ReferenceConcept[],
  from: number,
): Promise<void> {
  const rows = concepts.map(({ id, kind, broader, code }, at) => ({ place: from + at, id, kind, broader, code }));
  await manager.query(
    `INSERT INTO reference_concept (version_id, place, id, kind, broader, code)
     SELECT $1, place, id, kind, broader, code
     FROM json_to_recordset($2::json) AS r(place integer, id text, kind text, broader text[], code text)`,
    [version, JSON.stringify(rows)],
  );
  const labels = concepts.flatMap((concept, at) =>
    LANGUAGES.filter((lang) => concept.labels[lang].length > 0 || concept.descriptions?.[lang]).map((lang) => ({
      place: from + at,
      lang,
      labels: concept.labels[lang],
      description: concept.descriptions?.[lang],
    })),
  );
  await manager.query(
    `INSERT INTO reference_label (version_id, place, lang, labels, description)
     SELECT $1, place, lang, labels, description
     FROM json_to_recordset($2::json) AS r(place integer, lang text, labels text[], description text)`,
    [version, JSON.stringify(labels)],
  );
}
