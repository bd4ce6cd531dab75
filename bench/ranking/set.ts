/** One candidate with its evidence. `lang` is whatever the set says, so it need not be one of the product's four languages. */
export interface Candidate {
  id: string;
  lang: string;
  texts: readonly string[];
  /** Parallel to `texts`; the same id at two candidates is the same piece of evidence. */
  textIds?: readonly string[];
  concept?: string;
  description?: string;
}

/** One query. `excluded` are the ids of the texts that must not count for it, at any candidate. */
export interface Query {
  id: string;
  lang: string;
  text: string;
  split?: string;
  excluded: ReadonlySet<string>;
}

/** sample → candidate → ids of the texts that this sample leaves the candidate. */
export type Profiles = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** All that a system may look at: no query and no judgment is among it. */
export interface Corpus {
  name: string;
  candidates: readonly Candidate[];
  /** Never ranked, but their texts belong to the collection. */
  background: readonly Candidate[];
  /** URIs that must stay out of lexicon, idf and taxonomy. */
  heldoutConcepts: ReadonlySet<string>;
  profiles?: Profiles;
}

/** A set as its folder holds it. */
export interface RankingSet {
  corpus: Corpus;
  queries: readonly Query[];
  /** query → candidate → grade; judged pairs only. */
  grades: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** The folder's README, where there is one. */
  readme?: string;
}

export type Split = 'val' | 'test' | 'all';

/** Without a wish: the queries marked test where any are marked so, else all. */
export function querySplit(set: RankingSet, wished?: Split): { split: Split; queries: readonly Query[] } {
  const split = wished ?? (set.queries.some((query) => query.split === 'test') ? 'test' : 'all');
  const queries = split === 'all' ? set.queries : set.queries.filter((query) => query.split === split);
  if (queries.length === 0) throw new Error(`${set.corpus.name}: no query belongs to the split «${split}»`);
  return { split, queries };
}
