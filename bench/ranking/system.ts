import type { Cache } from './cache.js';
import type { Corpus, Query } from './set.js';

export interface Ranked {
  id: string;
  /** Higher is better; comparable between the queries of one candidate. */
  score: number;
}

export interface RankOptions {
  /** At most so many candidates; those without any score may be missing. */
  limit: number;
  /** Only the texts of this sample of the corpus's profiles count. */
  sample?: string;
}

/** Something that ranks. The order of equal scores does not matter: the bench breaks ties by candidate id. */
export interface System {
  readonly name: string;
  /** Which taxonomy it ranks with; absent where it uses none. */
  readonly taxonomy?: string;
  open(corpus: Corpus): Promise<void>;
  /** The texts in `query.excluded` never count. */
  rank(query: Query, options: RankOptions): Promise<Ranked[]>;
  close(): Promise<void>;
}

/** What a system may need of its surroundings. */
export interface Surroundings {
  meilisearch: { url: string; masterKey: string };
  /** The superuser's URL. */
  postgres: { url: string };
  /** Folder of taxonomies to import; undefined: the project's own taxonomy. */
  taxonomyDir?: string;
  cache: Cache;
  /** Progress, one line each. */
  log(line: string): void;
}
