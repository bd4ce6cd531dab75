export interface Piece {
  text: string;
  marked: boolean;
}

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Cuts a text where one of the words begins or ends; whole words alone, whatever their case and accents. */
export function highlight(text: string, words: readonly string[]): Piece[] {
  const wanted = new Set(words.flatMap((word) => word.split(/\s+/)).map(folded));
  wanted.delete('');
  const pieces: Piece[] = [];
  for (const [part] of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu)) {
    const marked = wanted.has(folded(part));
    const last = pieces.at(-1);
    if (last && last.marked === marked) last.text += part;
    else pieces.push({ text: part, marked });
  }
  return pieces;
}
