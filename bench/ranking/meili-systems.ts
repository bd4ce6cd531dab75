import { analysed, collection } from './evidence.js';
import { MeiliIndex } from './meili-index.js';
import { Postings } from './postings.js';
import type { Corpus, Query } from './set.js';
import type { Ranked, RankOptions, Surroundings, System } from './system.js';

const KEY_TERMS = 10;

/** The text as typed, given to Meilisearch: what one gets without any work. */
export class MeiliRaw implements System {
  readonly name = 'meili-raw';
  private readonly index: MeiliIndex;

  constructor(surroundings: Surroundings) {
    this.index = new MeiliIndex(surroundings);
  }

  open(corpus: Corpus): Promise<void> {
    return this.index.fill(corpus, collection(corpus), ({ text }) => text);
  }

  rank(query: Query, options: RankOptions): Promise<Ranked[]> {
    return this.index.rank(query.text, query, options);
  }

  close(): Promise<void> {
    return this.index.remove();
  }
}

/** The ten rarest stems of the query, rarest first, looked for among the stems of the texts. */
export class MeiliTerms implements System {
  readonly name = 'meili-terms';
  private readonly index: MeiliIndex;
  private postings = new Postings([]);

  constructor(surroundings: Surroundings) {
    this.index = new MeiliIndex(surroundings);
  }

  async open(corpus: Corpus): Promise<void> {
    const evidence = collection(corpus);
    const stems = evidence.map(({ text, lang }) => analysed(text, lang).stems);
    this.postings = new Postings(stems);
    await this.index.fill(corpus, evidence, (_, at) => stems[at]!.join(' '));
  }

  async rank(query: Query, options: RankOptions): Promise<Ranked[]> {
    const frequency = (stem: string) => this.postings.documentFrequency(stem);
    // A stem that no text has would, standing first, keep Meilisearch from finding anything.
    const known = [...new Set(analysed(query.text, query.lang).stems)].filter((stem) => frequency(stem) > 0);
    const terms = known.sort((a, b) => frequency(a) - frequency(b) || (a < b ? -1 : 1)).slice(0, KEY_TERMS);
    return terms.length === 0 ? [] : this.index.rank(terms.join(' '), query, options);
  }

  close(): Promise<void> {
    return this.index.remove();
  }
}
