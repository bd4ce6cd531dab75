import { REFERENCE_KINDS, type ReferenceConcept } from '#libs/competences';
import { LANGUAGES } from '#libs/contracts';
import type { ReferenceReading } from './read-reference.js';

const SHOWN_PROBLEMS = 20;

/** Concepts by kind, and of each kind how many are named in each language, as lines for people. */
export function countLines(concepts: readonly ReferenceConcept[]): string[] {
  return REFERENCE_KINDS.flatMap((kind) => {
    const some = concepts.filter((concept) => concept.kind === kind);
    if (some.length === 0) return [];
    const counts = LANGUAGES.map((lang) => {
      const named = some.filter((concept) => concept.labels[lang].length > 0);
      const labels = named.reduce((sum, concept) => sum + concept.labels[lang].length, 0);
      return named.length > 0 ? `${lang} ${named.length} (${labels} labels)` : `${lang} 0`;
    });
    return [`  ${String(some.length).padStart(6)} ${`${kind}s`.padEnd(12)} ${counts.join('  ')}`];
  });
}

/** What was left out of a reading, and why, as lines for people. */
export function leftOutLines({ problems, leftOut, unknown }: ReferenceReading): string[] {
  const lines = leftOut.map(({ file, why }) => `Left out: ${file}: ${why}.`);
  for (const { file, concepts } of unknown)
    lines.push(`${file}: ${concepts} concepts that no other file describes (of another version) were left out.`);
  for (const { file, row, column, value, wrong, right } of problems.slice(0, SHOWN_PROBLEMS))
    lines.push(`${file}, row ${row}, ${column}: "${value}" ${wrong}; right would be ${right}.`);
  if (problems.length > SHOWN_PROBLEMS) lines.push(`… and ${problems.length - SHOWN_PROBLEMS} more rows.`);
  return lines;
}
