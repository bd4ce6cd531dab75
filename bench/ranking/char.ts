import { foldLabel } from '#libs/competences';
import { allowed, best, collection, type Evidence } from './evidence.js';
import { Postings } from './postings.js';
import type { Corpus, Query } from './set.js';
import type { Ranked, RankOptions, System } from './system.js';

/** Cosine of tf-idf over the 3- and 4-grams of folded words with a blank on both sides; tf is 1 + ln(count). A candidate stands at its best text. */
export class CharNgrams implements System {
  readonly name = 'char';
  private corpus!: Corpus;
  private evidence: Evidence[] = [];
  private postings = new Postings([]);
  private norms = new Float64Array();

  async open(corpus: Corpus): Promise<void> {
    this.corpus = corpus;
    this.evidence = collection(corpus);
    this.postings = new Postings(this.ngramsOfAll());
    const squares = new Float64Array(this.evidence.length);
    for (const gram of this.postings.terms()) {
      const idf = this.idf(gram);
      this.postings.each(gram, (document, count) => {
        squares[document]! += (tf(count) * idf) ** 2;
      });
    }
    this.norms = squares.map(Math.sqrt);
  }

  async rank(query: Query, options: RankOptions): Promise<Ranked[]> {
    const { evidence, norms, postings } = this;
    const dots = new Float64Array(evidence.length);
    let square = 0;
    for (const [gram, count] of counted(ngrams(query.text))) {
      const idf = this.idf(gram);
      square += (tf(count) * idf) ** 2;
      const weight = tf(count) * idf ** 2;
      postings.each(gram, (document, times) => {
        dots[document]! += weight * tf(times);
      });
    }
    const speaks = allowed(this.corpus, query, options);
    const byOwner = new Float64Array(this.corpus.candidates.length);
    for (let document = 0; document < dots.length; document++) {
      if (dots[document] === 0) continue;
      const cosine = dots[document]! / norms[document]! / Math.sqrt(square);
      for (const owner of evidence[document]!.owners)
        if (cosine > byOwner[owner]! && speaks(evidence[document]!, owner)) byOwner[owner] = cosine;
    }
    return best(this.corpus, byOwner, options.limit);
  }

  async close(): Promise<void> {}

  private idf(gram: string): number {
    return Math.log((1 + this.evidence.length) / (1 + this.postings.documentFrequency(gram))) + 1;
  }

  private *ngramsOfAll(): Generator<string[]> {
    for (const { text } of this.evidence) yield ngrams(text);
  }
}

const tf = (count: number) => 1 + Math.log(count);

function ngrams(text: string): string[] {
  const grams: string[] = [];
  for (const word of foldLabel(text).split(' ')) {
    if (word === '') continue;
    const padded = ` ${word} `;
    for (const n of [3, 4]) for (let at = 0; at + n <= padded.length; at++) grams.push(padded.slice(at, at + n));
  }
  return grams;
}

function counted(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
