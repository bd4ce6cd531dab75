import type { ReferenceTaxonomy, SearchHit, Taxonomy } from '#libs/competences';
import type { Lang } from '#libs/contracts';

/** A competence that somebody may have begun to type. */
export interface Completion {
  id: string;
  label: string;
  broader: string | null;
}

/**
 * Competences for what was typed: the own ones first, then imported ones; those that only resemble it where no other is. An imported skill that
 * an own competence closely matches shows as the own one, so that nobody chooses between two names of one thing.
 */
export function completions(
  own: Taxonomy,
  imported: ReferenceTaxonomy | undefined,
  typed: string,
  lang: Lang,
  limit: number,
): Completion[] {
  // Some of the imported ones will fall together with own ones.
  const hits = [...own.search(typed, lang, limit), ...(imported?.search(typed, lang, limit * 2) ?? [])];
  const exact = hits.filter(({ slip }) => !slip);
  const found = new Map<string, Completion>();
  for (const hit of exact.length > 0 ? exact : hits) {
    const one = asOwn(own, hit, lang);
    if (!found.has(one.id)) found.set(one.id, one);
  }
  return [...found.values()].slice(0, limit);
}

function asOwn(own: Taxonomy, { id, label, broader }: SearchHit, lang: Lang): Completion {
  const same = own.get(own.ownOf(id) ?? '');
  return same
    ? { id: same.id, label: own.label(same.id, lang) ?? label, broader: same.broader }
    : { id, label, broader };
}
