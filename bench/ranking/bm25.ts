import { allowed, analysed, best, collection, type Evidence } from './evidence.js';
import { Postings } from './postings.js';
import type { Corpus, Query } from './set.js';
import type { Ranked, RankOptions, System } from './system.js';

const K1 = 1.2;
const B = 0.75;
/** Pieces of evidence that may speak for their owners. */
const VOTERS = 200;
/** Pieces of one candidate that count where his scores are compared between queries. */
const TOP = 3;

/**
 * BM25 over stems, one document per piece of evidence, background included; a term counts as often as the query says it. Candidates get their pieces'
 * scores as the set's format says: pieces with ids of their own add up (those among the query's best 200), texts without ids are names of one thing, of which
 * the best counts. In a sample it is the mean of the best three. Always divided by the number of stems in the query, which leaves each ranking as it is and makes
 * a candidate's scores comparable between short and long queries.
 */
export class Bm25 implements System {
  readonly name = 'bm25';
  private corpus!: Corpus;
  private evidence: Evidence[] = [];
  private postings = new Postings([]);
  /** k1 × (1 − b + b × length / mean length) of each piece. */
  private damping = new Float64Array();

  async open(corpus: Corpus): Promise<void> {
    this.corpus = corpus;
    this.evidence = collection(corpus);
    const stems = this.evidence.map(({ text, lang }) => analysed(text, lang).stems);
    this.postings = new Postings(stems);
    const mean = stems.reduce((sum, { length }) => sum + length, 0) / Math.max(1, stems.length);
    this.damping = Float64Array.from(stems, ({ length }) => K1 * (1 - B + (B * length) / (mean || 1)));
  }

  async rank(query: Query, options: RankOptions): Promise<Ranked[]> {
    const { stems } = analysed(query.text, query.lang);
    const scores = this.scores(stems);
    const speaks = allowed(this.corpus, query, options);
    const found: number[] = [];
    for (const [document, { textId }] of this.evidence.entries())
      if (scores[document]! > 0 && !(textId !== undefined && query.excluded.has(textId))) found.push(document);
    const byOwner = options.sample === undefined ? this.voted(found, scores) : this.topMean(found, scores, speaks);
    for (let owner = 0; owner < byOwner.length; owner++) byOwner[owner]! /= stems.length;
    return best(this.corpus, byOwner, options.limit);
  }

  async close(): Promise<void> {}

  private scores(stems: readonly string[]): Float64Array {
    const { damping, postings } = this;
    const scores = new Float64Array(this.evidence.length);
    for (const stem of stems) {
      const frequency = postings.documentFrequency(stem);
      const idf = Math.log(1 + (this.evidence.length - frequency + 0.5) / (frequency + 0.5));
      postings.each(stem, (document, count) => {
        scores[document]! += (idf * count * (K1 + 1)) / (count + damping[document]!);
      });
    }
    return scores;
  }

  private voted(found: number[], scores: Float64Array): Float64Array {
    const byOwner = new Float64Array(this.corpus.candidates.length);
    const named = found.filter((document) => this.evidence[document]!.textId !== undefined);
    named.sort((a, b) => scores[b]! - scores[a]! || a - b);
    for (const document of named.slice(0, VOTERS))
      for (const owner of this.evidence[document]!.owners) byOwner[owner]! += scores[document]!;
    for (const document of found) {
      const { textId, owners } = this.evidence[document]!;
      if (textId !== undefined) continue;
      for (const owner of owners) byOwner[owner] = Math.max(byOwner[owner]!, scores[document]!);
    }
    return byOwner;
  }

  private topMean(found: number[], scores: Float64Array, speaks: ReturnType<typeof allowed>): Float64Array {
    const perOwner = this.corpus.candidates.map((): number[] => []);
    for (const document of found) {
      const evidence = this.evidence[document]!;
      for (const owner of evidence.owners) if (speaks(evidence, owner)) perOwner[owner]!.push(scores[document]!);
    }
    return Float64Array.from(perOwner, (list) => {
      const top = list.sort((a, b) => b - a).slice(0, TOP);
      return top.reduce((sum, score) => sum + score, 0) / Math.max(1, top.length);
    });
  }
}
