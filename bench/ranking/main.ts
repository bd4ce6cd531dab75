import { evaluate } from './evaluate.js';
import { headlineOf } from './headline.js';
import { loadSet } from './load-set.js';
import { HELP, type Options, optionsOf } from './options.js';
import { type SetResult, table } from './report.js';
import { querySplit, type RankingSet } from './set.js';
import { falls, readSummary, summaryOf, writeSummary } from './summary.js';
import { surrounded } from './surroundings.js';
import { systemsOf } from './systems.js';

const say = (line: string) => process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2));
  if (options === 'help') return void process.stdout.write(`${HELP}\n`);
  const stored = options.compare === undefined ? undefined : readSummary(options.compare);
  // All folders are read before anything is measured: a fault in the last one should not cost an hour.
  const sets = options.dirs.map((dir) => {
    const set = loadSet(dir);
    return { set, ...chosen(set, options) };
  });
  const results: SetResult[] = [];
  await surrounded(options.systems, options.taxonomy, say, async (surroundings) => {
    for (const { set, split, queries } of sets) {
      const headline = headlineOf(set);
      const evaluations = [];
      for (const system of await systemsOf(options.systems, surroundings)) {
        const tick = progress(`${set.corpus.name}, ${system.name}`);
        const evaluation = await evaluate(system, set, { split, queries }, headline, tick);
        evaluations.push(evaluation);
        process.stdout.write(`${JSON.stringify(evaluation.line)}\n`);
      }
      results.push({ name: set.corpus.name, headline, evaluations });
    }
  });
  for (const result of results) process.stdout.write(`\n${table(result)}\n`);
  const summary = summaryOf(results);
  if (options.out !== undefined) await writeSummary(options.out, summary);
  if (!stored) return;
  const { compared, sentences } = falls(stored, summary);
  for (const sentence of sentences) process.stdout.write(`\nWorse than stored: ${sentence}\n`);
  if (compared === 0) say(`${options.compare} holds none of these sets and systems: nothing was compared`);
  if (sentences.length > 0 || compared === 0) process.exitCode = 1;
}

function chosen(set: RankingSet, { split: wished, limit }: Options) {
  const { split, queries } = querySplit(set, wished);
  const judged = queries.filter(({ id }) => [...(set.grades.get(id)?.values() ?? [])].some((grade) => grade > 0));
  if (judged.length < queries.length)
    say(`${set.corpus.name}: ${queries.length - judged.length} queries have no relevant candidate and are left out`);
  if (judged.length === 0)
    throw new Error(`${set.corpus.name}: no query of the split «${split}» has a relevant candidate`);
  return { split, queries: judged.slice(0, limit) };
}

/** A line on stderr at the start, at the end and every ten seconds. */
function progress(what: string): (asked: number, all: number) => void {
  say(`${what}: preparing`);
  let told = Date.now();
  return (asked, all) => {
    if (asked < all && Date.now() - told < 10_000) return;
    told = Date.now();
    say(`${what}: ${asked} of ${all}`);
  };
}

await main().catch((error: unknown) => {
  say(error instanceof Error ? (process.env.DEBUG ? String(error.stack) : error.message) : String(error));
  process.exitCode = 1;
});
