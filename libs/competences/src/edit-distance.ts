/** Edits (insert, delete, replace, swap of neighbours) between two words, or bound + 1 when there are more than `bound`. */
export function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  return lastRow(a, b, bound)?.[b.length] ?? bound + 1;
}

/** Edits between what was typed and the nearest beginning of a word, or bound + 1 when there are more than `bound`. */
export function beginningDistance(typed: string, word: string, bound: number): number {
  if (word.startsWith(typed)) return 0;
  if (bound === 0 || word.length < typed.length - bound) return bound + 1;
  const row = lastRow(typed, word.slice(0, typed.length + bound), bound);
  return row ? Math.min(...row, bound + 1) : bound + 1;
}

// Row of the whole of `a` against each beginning of `b`; undefined as soon as every way costs more than the bound.
function lastRow(a: string, b: string, bound: number): number[] | undefined {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > bound) return undefined;
    before = previous;
    previous = row;
  }
  return previous;
}
