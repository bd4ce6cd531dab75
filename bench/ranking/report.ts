import type { Evaluation, Line } from './evaluate.js';
import type { Headline } from './headline.js';
import { interval, pairedTest } from './statistics.js';

const SEED = 20_251;

/** One set with what every system reached on it, in the order in which they ran. */
export interface SetResult {
  name: string;
  headline: Headline;
  evaluations: readonly Evaluation[];
}

/** Figure and bootstrap interval of every system, and the paired test of the first against each of the others. */
export function table({ name, headline, evaluations }: SetResult): string {
  const [first] = evaluations;
  if (!first) return '';
  const compared = `difference to ${first.line.system}`;
  const rows = [[headline, 'figure', '95 % interval', compared, 'p', 'p50 ms', 'p95 ms']];
  for (const { line, units } of evaluations) {
    const [low, high] = interval(units, SEED);
    const itself = line === first.line;
    rows.push([
      line.system,
      value(line, headline).toFixed(3),
      `${low.toFixed(3)} – ${high.toFixed(3)}`,
      itself ? '' : signed(value(line, headline) - value(first.line, headline)),
      itself ? '' : probability(pairedTest(first.units, units, SEED)),
      line.p50_ms.toFixed(1),
      line.p95_ms.toFixed(1),
    ]);
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const better = headline === 'loss' ? ' (lower is better)' : '';
  const units = headline === 'loss' ? 'reviewers, pooled' : 'queries';
  return [
    `${name}, ${first.line.split}: ${first.line.queries} queries, ${first.units.length} ${units}${better}`,
    ...lines,
  ].join('\n');
}

/** The headline figure of a printed line; not a number where the line lacks it. */
export const value = (line: Line, headline: Headline): number => line[headline] ?? Number.NaN;

const signed = (difference: number) => `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(3)}`;
const probability = (p: number) => (p < 0.001 ? '< .001' : p.toFixed(3));
