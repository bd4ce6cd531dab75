import type { Lexicon, ReferenceTaxonomy } from '#libs/competences';

/** What texts are read with besides the own taxonomy. */
export interface Reading {
  lexicon: Pick<Lexicon, 'translate' | 'parts' | 'stemsOf'>;
  /** The imported taxonomy, where there is one. */
  reference?: ReferenceTaxonomy | undefined;
  /** Names all that features of texts depend on: another version makes other features. */
  version: string;
}
