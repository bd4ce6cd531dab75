import type { z } from 'zod';
import { Taxonomy } from '#libs/competences';
import type { CompetenceRef, competenceInputSchema, Lang } from '#libs/contracts';

type CompetenceInput = z.infer<typeof competenceInputSchema>;

/**
 * Competences as they are kept: the concept's id where the taxonomy knows one, beside the words as they were given.
 * Who gives a bare id gets the concept's label in `lang` as words. The same concept or words twice count once; the first wins.
 */
export function keptCompetences(inputs: readonly CompetenceInput[], lang: Lang): CompetenceRef[] {
  const taxonomy = Taxonomy.own();
  const kept = new Map<string, CompetenceRef>();
  for (const input of inputs) {
    const { competence, level } = typeof input === 'string' ? { competence: input, level: undefined } : input;
    const id = taxonomy.resolve(competence) ?? null;
    const label = (id === competence ? taxonomy.label(id, lang) : undefined) ?? competence;
    const key = id ?? `words:${competence.toLowerCase()}`;
    if (!kept.has(key)) kept.set(key, { id, label, ...(level ? { level } : {}) });
  }
  return [...kept.values()];
}
