/** How evenly experts are suggested: 0 all alike, towards 1 all suggestions go to one. `counts` are the suggestions of each (Gini coefficient). */
export function gini(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, one) => sum + one, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, one, at) => sum + one * (at + 1), 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

/** The count that this share of the experts does not exceed. */
export function quantile(counts: readonly number[], share: number): number {
  const sorted = counts.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
