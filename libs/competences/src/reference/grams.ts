/** Letter groups fall into this many buckets; there are some 40,000 distinct ones, so few share one. */
export const GRAM_BUCKETS = 1 << 18;

const BOUNDARY = 63;

/** The groups of three and four letters of a folded text, words parted by blanks, as numbers below GRAM_BUCKETS, each once. */
export function gramsOf(folded: string): Uint32Array {
  const codes = new Uint8Array(folded.length + 2);
  codes[0] = BOUNDARY;
  for (let at = 0; at < folded.length; at++) codes[at + 1] = codeOf(folded.charCodeAt(at));
  codes[folded.length + 1] = BOUNDARY;
  const found = new Uint32Array(Math.max(0, codes.length - 2) + Math.max(0, codes.length - 3));
  let count = 0;
  for (let at = 0; at + 2 < codes.length; at++) {
    const three = (codes[at]! << 12) | (codes[at + 1]! << 6) | codes[at + 2]!;
    found[count++] = bucket(three);
    if (at + 3 < codes.length) found[count++] = bucket(((three << 6) | codes[at + 3]!) + (1 << 25));
  }
  return unique(found);
}

function codeOf(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 96;
  if (unit >= 48 && unit <= 57) return unit - 21;
  return unit === 32 ? BOUNDARY : 37 + (unit % 26);
}

// Multiplicative hashing: the upper bits of the product are well mixed.
function bucket(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 14;
}

function unique(grams: Uint32Array): Uint32Array {
  grams.sort();
  let count = 0;
  for (let at = 0; at < grams.length; at++) if (at === 0 || grams[at] !== grams[at - 1]) grams[count++] = grams[at]!;
  return grams.subarray(0, count);
}
