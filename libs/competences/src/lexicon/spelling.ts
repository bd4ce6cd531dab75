// Below this share of letter pairs the likeness of two words is chance.
const LEAST_LIKENESS = 0.3;

/** What the four languages spell differently, spelt alike: Fotografie, photographie; Elektronik, elettronica; Zentrum, centro. */
export function soundOf(stem: string): string {
  return stem
    .replace(/ph/g, 'f')
    .replace(/[ck]h?/g, 'k')
    .replace(/z/g, 'ts')
    .replace(/y/g, 'i')
    .replace(/w/g, 'v')
    .replace(/x/g, 'ks')
    .replace(/(.)\1/g, '$1');
}

/** How alike the stems of two lists are spelt, by their places in the lists: 0 to 1, the square of the Dice coefficient of letter pairs. */
export function likeness(sources: readonly string[], targets: readonly string[]): (a: number, b: number) => number {
  const sourcePairs = sources.map(letterPairs);
  const targetPairs = targets.map(letterPairs);
  return (source, target) => {
    const a = sourcePairs[source] as Int32Array;
    const b = targetPairs[target] as Int32Array;
    let shared = 0;
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      const difference = (a[i] as number) - (b[j] as number);
      if (difference === 0) shared++;
      if (difference <= 0) i++;
      if (difference >= 0) j++;
    }
    const dice = (2 * shared) / (a.length + b.length);
    return dice < LEAST_LIKENESS ? 0 : dice ** 2;
  };
}

// Each pair of neighbouring letters once, beginning and end of the word marked, in ascending order.
function letterPairs(stem: string): Int32Array {
  const padded = `^${soundOf(stem)}$`;
  const pairs = new Set<number>();
  for (let at = 0; at < padded.length - 1; at++) pairs.add((padded.charCodeAt(at) << 15) ^ padded.charCodeAt(at + 1));
  return Int32Array.from(pairs).sort();
}
