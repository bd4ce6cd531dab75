const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

/** Many strings in one buffer: a quarter of what they take as objects, and nothing for the garbage collector to walk. */
export class TextPool {
  private bytes = new Uint8Array(1 << 12);
  private ends: Uint32Array<ArrayBuffer> = new Uint32Array(1 << 8);
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** Appends a string and answers its place. */
  add(text: string): number {
    const start = this.end(this.count - 1);
    // UTF-8 takes at most three bytes for each unit of a JavaScript string.
    if (start + text.length * 3 > this.bytes.length) this.bytes = resized(this.bytes, start + text.length * 3);
    const { written } = ENCODER.encodeInto(text, this.bytes.subarray(start));
    if (this.count === this.ends.length) this.ends = grown(this.ends);
    this.ends[this.count] = start + written;
    return this.count++;
  }

  at(place: number): string {
    return DECODER.decode(this.bytes.subarray(this.end(place - 1), this.end(place)));
  }

  /** Bytes of the string at a place: a measure of its length that needs no decoding. */
  size(place: number): number {
    return this.end(place) - this.end(place - 1);
  }

  /** Gives back what was kept free for growing. */
  trim(): void {
    this.bytes = this.bytes.slice(0, this.end(this.count - 1));
    this.ends = this.ends.slice(0, this.count);
  }

  private end(place: number): number {
    return place < 0 ? 0 : (this.ends[place] ?? 0);
  }
}

function resized(bytes: Uint8Array<ArrayBuffer>, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, bytes.length * 2));
  larger.set(bytes);
  return larger;
}

function grown(ends: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(ends.length * 2);
  larger.set(ends);
  return larger;
}
