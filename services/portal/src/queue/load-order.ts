interface Load {
  open: number;
  responseRate: number | null;
}

/** Who has most in hand comes first; of two alike the one who answers less. */
export function byPressure<T extends { load: Load; capacity: number }>(experts: readonly T[]): T[] {
  const full = ({ load, capacity }: T) => load.open / Math.max(1, capacity);
  return [...experts].sort(
    (a, b) => full(b) - full(a) || (a.load.responseRate ?? 1) - (b.load.responseRate ?? 1) || b.load.open - a.load.open,
  );
}
