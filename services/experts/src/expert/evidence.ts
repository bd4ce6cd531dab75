import type { z } from 'zod';
import type { Expert, evidenceInputSchema, Lang } from '#libs/contracts';
import { keptCompetences } from '#libs/records';

export type Evidence = Expert['evidence'][number];

/** Evidence as it is kept, with its competences understood. `newId` makes the ids. */
export function keptEvidence(
  inputs: readonly z.output<typeof evidenceInputSchema>[],
  lang: Lang,
  newId: () => string,
): Evidence[] {
  return inputs.map(({ kind, title, text, year, url, competences }) => ({
    id: newId(),
    kind,
    title,
    text: text ?? null,
    year: year ?? null,
    url: url ?? null,
    competences: keptCompetences(competences ?? [], lang),
  }));
}

/** The new list, in which a piece whose title stood in the list before keeps its id: what refers to it survives a change of the others. */
export function keepingIds(evidence: readonly Evidence[], before: readonly Evidence[]): Evidence[] {
  const left = [...before];
  return evidence.map((piece) => {
    const at = left.findIndex(({ title }) => title === piece.title);
    const [same] = at < 0 ? [] : left.splice(at, 1);
    return same ? { ...piece, id: same.id } : piece;
  });
}
