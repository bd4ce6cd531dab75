/** The value below which `p` per cent of the samples lie; `samples` in any order. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))] ?? Number.NaN;
}

/** Milliseconds that the work took, and its result. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** One measured ratio with what it should be at most (or at least). */
export interface Ratio {
  what: string;
  ratio: number;
  aim: string;
  met: boolean;
  /** The figures it is made of; bare times mean nothing on another machine. */
  of: string;
}

export const atMost = (what: string, ratio: number, aim: number, of: string): Ratio => ({
  what,
  ratio,
  aim: `≤ ${aim}`,
  met: ratio <= aim,
  of,
});
export const atLeast = (what: string, ratio: number, aim: number, of: string): Ratio => ({
  what,
  ratio,
  aim: `≥ ${aim}`,
  met: ratio >= aim,
  of,
});
export const noAim = (what: string, ratio: number, of: string): Ratio => ({ what, ratio, aim: '–', met: true, of });

/** The ratios as a table for people. */
export function table(ratios: readonly Ratio[]): string {
  const rows = ratios.map(({ what, ratio, aim, met, of }) => [what, ratio.toFixed(2), aim, met ? '' : 'missed', of]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
