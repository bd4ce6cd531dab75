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

/** The query's ten stems of the highest tf-idf, highest first, looked for among the stems of the texts. */
export class MeiliTerms implements System {
  readonly name = 'meili-terms';
  private readonly index: MeiliIndex;
  private postings = new Postings([]);
  private texts = 0;
  private readonly stemsOf = new Map<string, ReadonlySet<string>>();

  constructor(surroundings: Surroundings) {
    this.index = new MeiliIndex(surroundings);
  }

  async open(corpus: Corpus): Promise<void> {
    const evidence = collection(corpus);
    const stems = evidence.map(({ text, lang }) => analysed(text, lang).stems);
    this.postings = new Postings(stems);
    this.texts = evidence.length;
    for (const [at, { textId }] of evidence.entries())
      if (textId !== undefined) this.stemsOf.set(textId, new Set(stems[at]));
    await this.index.fill(corpus, evidence, (_, at) => stems[at]!.join(' '));
  }

  async rank(query: Query, options: RankOptions): Promise<Ranked[]> {
    const counts = new Map<string, number>();
    for (const stem of analysed(query.text, query.lang).stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
    const excluded = [...query.excluded].map((textId) => this.stemsOf.get(textId));
    const weighted = [...counts].flatMap(([stem, count]) => {
      const frequency = this.postings.documentFrequency(stem) - excluded.filter((stems) => stems?.has(stem)).length;
      // A stem that no text has would, standing first, keep Meilisearch from finding anything.
      return frequency > 0 ? [{ stem, weight: count * Math.log(1 + this.texts / frequency) }] : [];
    });
    weighted.sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1));
    const terms = weighted.slice(0, KEY_TERMS).map(({ stem }) => stem);
    return terms.length === 0 ? [] : this.index.rank(terms.join(' '), query, options);
  }

  close(): Promise<void> {
    return this.index.remove();
  }
}
