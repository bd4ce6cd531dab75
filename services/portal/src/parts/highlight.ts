export interface Piece {
  text: string;
  marked: boolean;
}

const folded = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Cuts a text where one of the words begins or ends; whole words alone, whatever their case and accents. Marked neighbours are one piece. */
export function highlight(text: string, words: readonly string[]): Piece[] {
  const wanted = new Set(words.flatMap((word) => word.split(/\s+/)).map(folded));
  wanted.delete('');
  const parts = (text.match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]+/gu) ?? []).map((part) => ({
    text: part,
    marked: wanted.has(folded(part)),
  }));
  const pieces: Piece[] = [];
  for (const [at, part] of parts.entries()) {
    const between = part.text.trim() === '' && parts[at - 1]?.marked === true && parts[at + 1]?.marked === true;
    const marked = part.marked || between;
    const last = pieces.at(-1);
    if (last && last.marked === marked) last.text += part.text;
    else pieces.push({ text: part.text, marked });
  }
  return pieces;
}
