// Käse|verpackung, Textil|prüfung.
const SHORTEST = 4;
const SHORTEST_COMPOUND = 9;

/** The longest known stem that a German word begins with, and the longest that it ends with; letters that link them fall between: Qualität|s|prüfung. */
export function compoundParts(folded: string, own: string, places: ReadonlyMap<string, number>): number[] {
  const parts: number[] = [];
  if (folded.length < SHORTEST_COMPOUND) return parts;
  for (let end = folded.length - 3; end >= SHORTEST && parts.length === 0; end--) {
    const head = places.get(folded.slice(0, end));
    if (head !== undefined) parts.push(head);
  }
  for (let start = 3; start <= own.length - SHORTEST; start++) {
    const tail = places.get(own.slice(start));
    if (tail === undefined) continue;
    if (!parts.includes(tail)) parts.push(tail);
    break;
  }
  return parts;
}
