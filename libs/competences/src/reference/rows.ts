/** Lists of numbers by row, in two typed arrays: row `r` holds `values[starts[r]]` up to `values[starts[r + 1]]`. */
export class Rows {
  private constructor(
    readonly starts: Uint32Array,
    readonly values: Uint32Array,
  ) {}

  /** From lists that were written one after the other, with the place where each ended. */
  static of(ends: NumberList, values: NumberList): Rows {
    const starts = new Uint32Array(ends.length + 1);
    starts.set(ends.values(), 1);
    return new Rows(starts, values.values());
  }

  /** The rows turned round: row `v` lists, in ascending order, the rows that hold `v`. `count` is the number of different values. */
  inverted(count: number): Rows {
    const starts = new Uint32Array(count + 1);
    for (const value of this.values) starts[value + 1]!++;
    for (let at = 0; at < count; at++) starts[at + 1]! += starts[at]!;
    const next = starts.slice();
    const values = new Uint32Array(this.values.length);
    for (let row = 0; row < this.length; row++) {
      for (let at = this.starts[row]!; at < this.starts[row + 1]!; at++) values[next[this.values[at]!]!++] = row;
    }
    return new Rows(starts, values);
  }

  get length(): number {
    return this.starts.length - 1;
  }

  /** The values of a row, not copied. */
  row(row: number): Uint32Array {
    return this.values.subarray(this.starts[row] ?? 0, this.starts[row + 1] ?? 0);
  }
}

/** A list of numbers that grows outside of the heap, so that what building takes can be given back afterwards. */
export class NumberList {
  private numbers: Uint32Array<ArrayBuffer> = new Uint32Array(1 << 10);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(number: number): void {
    if (this.count === this.numbers.length) {
      const larger = new Uint32Array(this.count * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.count++] = number;
  }

  at(place: number): number | undefined {
    return place < this.count ? this.numbers[place] : undefined;
  }

  /** Whether the number stands at this place or behind it. */
  has(number: number, from: number): boolean {
    for (let at = from; at < this.count; at++) if (this.numbers[at] === number) return true;
    return false;
  }

  /** A copy of what is in the list. */
  values(): Uint32Array {
    return this.numbers.slice(0, this.count);
  }
}
