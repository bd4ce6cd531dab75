const HEADER = Buffer.from('ceresio-lexicon-1\n');

/** A file of numbers and words, written and read front to back; every part says its length. */
export class ByteWriter {
  private readonly chunks: Buffer[] = [HEADER];

  /** Numbers of one, two or four bytes each. */
  numbers(values: ArrayLike<number>, width: 1 | 2 | 4): void {
    const bytes = Buffer.alloc(4 + values.length * width);
    bytes.writeUInt32LE(values.length, 0);
    for (let at = 0; at < values.length; at++) bytes.writeUIntLE(values[at] as number, 4 + at * width, width);
    this.chunks.push(bytes);
  }

  /** Words in the order of a dictionary: each is written as what it does not share with the one before. */
  words(sorted: readonly string[]): void {
    const shared = sorted.map((word, at) => Math.min(255, sharedLength(sorted[at - 1] ?? '', word)));
    this.numbers(shared, 1);
    const rest = Buffer.from(sorted.map((word, at) => word.slice(shared[at])).join('\n'), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(rest.length);
    this.chunks.push(length, rest);
  }

  toBuffer(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

/** Reads what {@link ByteWriter} wrote. Throws when the bytes are something else or are cut short. */
export class ByteReader {
  private at = HEADER.length;

  constructor(private readonly bytes: Buffer) {
    if (!bytes.subarray(0, HEADER.length).equals(HEADER))
      throw new Error('These bytes are not a lexicon of this version');
  }

  numbers(width: 1): Uint8Array;
  numbers(width: 2): Uint16Array;
  numbers(width: 4): Uint32Array;
  numbers(width: 1 | 2 | 4): Uint8Array | Uint16Array | Uint32Array {
    const length = this.length();
    const from = this.take(length * width);
    const values =
      width === 1 ? new Uint8Array(length) : width === 2 ? new Uint16Array(length) : new Uint32Array(length);
    for (let at = 0; at < length; at++) values[at] = this.bytes.readUIntLE(from + at * width, width);
    return values;
  }

  words(): string[] {
    const shared = this.numbers(1);
    const length = this.length();
    const from = this.take(length);
    const rest = this.bytes.toString('utf8', from, from + length).split('\n');
    let before = '';
    return Array.from(shared, (letters, at) => {
      before = before.slice(0, letters) + (rest[at] ?? '');
      return before;
    });
  }

  private length(): number {
    return this.bytes.readUInt32LE(this.take(4));
  }

  private take(length: number): number {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new Error('The lexicon ends too early');
    return from;
  }
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  // Half a surrogate pair cannot be written.
  return /[\uD800-\uDBFF]/.test(b[length - 1] ?? '') ? length - 1 : length;
}
