import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Line } from './evaluate.js';
import type { Headline } from './headline.js';
import { type SetResult, value } from './report.js';

/** How far a figure may fall before the comparison fails. */
const TOLERANCE = 0.01;

/** What a run reached, without its times: they would differ at every run. */
export interface Summary {
  results: { headline: Headline; line: Omit<Line, 'p50_ms' | 'p95_ms'> }[];
}

export const summaryOf = (sets: readonly SetResult[]): Summary => ({
  results: sets.flatMap(({ headline, evaluations }) =>
    evaluations.map(({ line: { p50_ms: _, p95_ms: __, ...line } }) => ({ headline, line })),
  ),
});

export async function writeSummary(file: string, summary: Summary): Promise<void> {
  await writeFile(file, `${JSON.stringify(summary, null, 2)}\n`);
}

export const readSummary = (file: string): Summary => JSON.parse(readFileSync(file, 'utf8')) as Summary;

/** One sentence for every headline figure that is worse than stored by more than .01, or that is no figure any more; what was not run is not compared. */
export function falls(stored: Summary, now: Summary): { compared: number; sentences: string[] } {
  const sentences: string[] = [];
  let compared = 0;
  for (const { headline, line } of stored.results) {
    const current = now.results.find((result) => key(result.line) === key(line));
    if (!current) continue;
    compared++;
    const [before, after] = [value(line as Line, headline), value(current.line as Line, headline)];
    const fall = headline === 'loss' ? after - before : before - after;
    // Figures are stored with four digits: what is a fall of just .01 must not become more by subtraction.
    if (!(fall <= TOLERANCE + 1e-9))
      sentences.push(`${line.set}, ${line.system}: ${headline} was ${before} and is ${after}`);
  }
  return { compared, sentences };
}

const key = ({ set, system, split }: Pick<Line, 'set' | 'system' | 'split'>) => `${set}\0${system}\0${split}`;
