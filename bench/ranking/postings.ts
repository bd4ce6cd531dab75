/** Which terms stand in which texts and how often, in typed arrays: hundreds of thousands of texts fit and a query is a walk over numbers. */
export class Postings {
  private readonly termIds = new Map<string, number>();
  private starts = new Uint32Array(1);
  private documents = new Uint32Array(0);
  private counts = new Uint16Array(0);

  /** Terms of each document, repetitions kept. */
  constructor(texts: Iterable<readonly string[]>) {
    const pairs = new Growing();
    const perTerm: number[] = [];
    let document = 0;
    for (const terms of texts) {
      const counted = new Map<string, number>();
      for (const term of terms) counted.set(term, (counted.get(term) ?? 0) + 1);
      for (const [term, count] of counted) {
        let id = this.termIds.get(term);
        if (id === undefined) {
          id = this.termIds.size;
          this.termIds.set(term, id);
          perTerm.push(0);
        }
        perTerm[id]!++;
        pairs.push(id, document, count);
      }
      document++;
    }
    this.order(pairs, perTerm);
  }

  documentFrequency(term: string): number {
    const id = this.termIds.get(term);
    return id === undefined ? 0 : this.starts[id + 1]! - this.starts[id]!;
  }

  /** Calls back with each document of the term, in ascending order. */
  each(term: string, call: (document: number, count: number) => void): void {
    const id = this.termIds.get(term);
    if (id === undefined) return;
    const end = this.starts[id + 1]!;
    for (let at = this.starts[id]!; at < end; at++) call(this.documents[at]!, this.counts[at]!);
  }

  *terms(): Generator<string> {
    yield* this.termIds.keys();
  }

  private order(pairs: Growing, perTerm: readonly number[]): void {
    this.starts = new Uint32Array(perTerm.length + 1);
    for (const [id, count] of perTerm.entries()) this.starts[id + 1] = this.starts[id]! + count;
    const next = this.starts.slice();
    this.documents = new Uint32Array(pairs.length);
    this.counts = new Uint16Array(pairs.length);
    for (let index = 0; index < pairs.length; index++) {
      const at = next[pairs.ids[index]!]!++;
      this.documents[at] = pairs.documents[index]!;
      this.counts[at] = pairs.counts[index]!;
    }
  }
}

/** Three columns that grow. */
class Growing {
  length = 0;
  ids = new Uint32Array(1 << 16);
  documents = new Uint32Array(1 << 16);
  counts = new Uint16Array(1 << 16);

  push(id: number, document: number, count: number): void {
    if (this.length === this.ids.length) {
      this.ids = grown(this.ids, new Uint32Array(2 * this.length));
      this.documents = grown(this.documents, new Uint32Array(2 * this.length));
      this.counts = grown(this.counts, new Uint16Array(2 * this.length));
    }
    this.ids[this.length] = id;
    this.documents[this.length] = document;
    this.counts[this.length] = Math.min(count, 0xffff);
    this.length++;
  }
}

function grown<T extends Uint32Array | Uint16Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
