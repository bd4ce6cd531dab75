import { type LinkedConcept, type ReferenceTaxonomy, Taxonomy } from '#libs/competences';
import type { Lang } from '#libs/contracts';

const SENTENCES_MAX = 60;
/** Shorter pieces go with the one before: an abbreviation's point ends no sentence. */
const SENTENCE_MIN = 12;

/**
 * The competences that a text speaks of, sentence by sentence: over a whole abstract the words of any name come together somewhere.
 * Best first; named in several sentences they count as in the one that says it most surely.
 */
export function linkedConcepts(text: string, lang: Lang): LinkedConcept[] {
  const found = new Map<string, LinkedConcept>();
  for (const sentence of sentencesOf(text)) {
    for (const one of Taxonomy.own().link(sentence, lang).concepts) {
      const known = found.get(one.id);
      if (!known) found.set(one.id, one);
      else {
        const words = [...new Set([...known.words, ...one.words])];
        found.set(one.id, { id: one.id, weight: Math.max(known.weight, one.weight), words });
      }
    }
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

/** What somebody means who names a competence. */
export interface NamedCompetence {
  name: string;
  /** Id in the own taxonomy. */
  own?: string | undefined;
  /** URI in the imported taxonomy: the one that was named, or one of the same meaning as the own competence. */
  imported?: string | undefined;
}

/** The competence that an id, a label or a URI names: of the own taxonomy where there is one, else of the imported one. */
export function namedCompetence(name: string, reference?: ReferenceTaxonomy): NamedCompetence {
  const taxonomy = Taxonomy.own();
  const own = taxonomy.resolve(name) ?? taxonomy.ownOf(name);
  const known = (uri: string | undefined) =>
    uri !== undefined && ['skill', 'occupation', 'group'].includes(reference?.kind(uri) ?? '') ? uri : undefined;
  if (!own) return { name, imported: known(reference?.resolve(name)) };
  const same = taxonomy.get(own)?.closeMatch ?? [];
  return { name, own, imported: known(name) ?? same.find((uri) => known(uri)) };
}

function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const piece of text.split(/(?<=[.!?;:])\s+|\n+/)) {
    const last = sentences.length - 1;
    if (last >= 0 && (piece.length < SENTENCE_MIN || sentences.length >= SENTENCES_MAX)) sentences[last] += ` ${piece}`;
    else sentences.push(piece);
  }
  return sentences;
}
