import type { Result } from './scenario.js';

const COLUMNS: [string, (one: Result) => string | number][] = [
  ['#', (one) => one.number],
  ['Fault', (one) => one.title],
  ['Writes acknowledged', (one) => one.acknowledged],
  ['Tried again', (one) => one.retried],
  ['Effects', (one) => one.balance.effects],
  ['Dead letters', (one) => one.balance.deadLetters],
  ['Lost', (one) => one.balance.lost],
  ['Doubled', (one) => one.balance.doubled],
  ['Healed after', (one) => `${(one.healMs / 1000).toFixed(1)} s`],
  ['Kills', (one) => one.deaths.length],
  ['Books', (one) => (one.broken.length === 0 ? 'balanced' : 'BROKEN')],
];

/** The table of the closing note: one line for each scenario. */
export function table(results: readonly Result[]): string {
  const rows = results.map((result) => `| ${COLUMNS.map(([, cell]) => cell(result)).join(' | ')} |`);
  return [
    `| ${COLUMNS.map(([head]) => head).join(' | ')} |`,
    `|${COLUMNS.map(([head]) => (head === 'Fault' || head === 'Books' ? '---' : '---:')).join('|')}|`,
    ...rows,
  ].join('\n');
}

/** Every kill with the process id and how long it took until another was ready, then each consumer's book, figures and what is broken. */
export function details(result: Result): string {
  const kills = result.deaths.map(({ name, pid, signal, backAfterMs }) => {
    const back = backAfterMs === undefined ? '' : ` (back after ${(backAfterMs / 1000).toFixed(1)} s)`;
    return `${signal} ${name} ${pid}${back}`;
  });
  const books = result.balance.consumers.map(
    ({ consumer, events, effects, deadLetters, lost }) =>
      `${consumer}: ${events} events = ${effects} effects + ${deadLetters} dead letters${lost ? ` + ${lost} LOST` : ''}`,
  );
  return [
    `${result.number}. ${result.title} (${result.seconds} s)`,
    ...(kills.length > 0 ? [`  kills: ${kills.join(', ')}`] : []),
    `  ${books.join('\n  ')}`,
    ...result.notes.map((line) => `  ${line}`),
    ...result.broken.map((line) => `  BROKEN ${line}`),
  ].join('\n');
}
