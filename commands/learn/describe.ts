import type { z } from 'zod';
import type { LearningReport, learningRpc } from '#libs/contracts';

export type Learned = z.output<typeof learningRpc.learn.response>;

/** What learning found, for people. */
export function describeLearned(learned: Learned, min: number): string {
  const { report, outcome } = learned;
  const lines = [...(report ? [counted(learned, report), '', ...tables(report), ''] : [])];
  return [...lines, ...VERDICTS[outcome](learned, min)].join('\n');
}

const VERDICTS: Record<Learned['outcome'], (learned: Learned, min: number) => string[]> = {
  'too-few': ({ judged, used, needs, minNeeds }, min) => [
    `There are not enough answers to learn from yet: ${judged} judged pairs, ${used} of them about fit, ${needs} needs with better and worse ones.`,
    ...(used < min
      ? [`${min - used} more judged pairs about fit are needed (${min} in all; --min changes that).`]
      : []),
    ...(needs < minNeeds ? [`${minNeeds - needs} more needs with better and worse answers are needed.`] : []),
  ],
  'not-better': ({ basedOn, report }) => [
    report && report.ndcg10.after > report.ndcg10.before
      ? `Nothing was proposed: what was learned orders answers better than ${basedOn}, but that may be chance (p ${shown(report.ndcg10.p)}, less than .05 is asked for).`
      : `Nothing was proposed: what was learned does not order answers better than ${basedOn}.`,
  ],
  better: ({ basedOn }) => [`Better than ${basedOn}. Dry run: nothing was written.`],
  proposed: ({ basedOn, version }) => [
    `Better than ${basedOn}: proposed as ${version}. Nobody ranks with it yet:`,
    `  PUT /v1/admin/weights/active {"version": "${version}"}   as an administrator switches to it.`,
  ],
  applied: ({ basedOn, version }) => [
    `Better than ${basedOn}: written as ${version}, which ranks everywhere within seconds.`,
    `  PUT /v1/admin/weights/active {"version": "${basedOn}"}   switches back.`,
  ],
};

function counted({ judged, basedOn }: Learned, { used, needs, comparisons, folds, seed }: LearningReport): string {
  return `${judged} judged pairs, ${used} of them about fit: ${comparisons} comparisons within ${needs} needs.
Measured against ${basedOn} on needs that were not learned from (${folds} folds, seed ${seed}):`;
}

function tables({ ndcg10, mrr, pairwise, parts }: LearningReport): string[] {
  const metrics = Object.entries({ 'nDCG@10': ndcg10, MRR: mrr, 'pairs in order': pairwise });
  return [
    row('', 'today', 'learned', 'p'),
    ...metrics.map(([name, { before, after, p }]) => row(name, shown(before), shown(after), shown(p))),
    '',
    row('weight of', 'today', 'learned'),
    ...Object.entries(parts.before).map(([part, today]) => row(part, shown(today), shown(parts.after[part] ?? 0))),
  ];
}

function row(name: string, ...cells: string[]): string {
  return `  ${name.padEnd(16)}${cells.map((cell) => cell.padStart(9)).join('')}`;
}

function shown(figure: number): string {
  return figure > 0 && figure < 0.0005 ? '<.001' : figure.toFixed(3);
}
