import { parseArgs } from 'node:util';
import type { Split } from './set.js';
import { SYSTEM_NAMES } from './systems.js';

export const HELP = `npm run bench:ranking -- DIR [DIR …] [options]

Runs every folder of the neutral format (candidates.jsonl, queries.jsonl, qrels.tsv …) through the product and through four baselines, on a real Meilisearch.
Prints one JSON line a set and system, then tables: the headline figure with its 95 % bootstrap interval, and the paired randomisation test
(two-sided, 10,000 rounds) of the first system against each of the others. Headline: the loss where the folder has profiles.tsv, else the metric that its
README names in the sentence with «headline», else nDCG@10.

  --split val|test|all   which queries; without it those marked test where there are any, else all
  --system A,B           some of ${SYSTEM_NAMES.join(', ')}
  --limit N              only the first N queries
  --taxonomy DIR|own     folder of taxonomies to import, or the project's own alone; without it ../shared/data/taxonomy where it lies beside the checkout
  --out FILE             writes the figures (not the times) to a file
  --compare FILE         ends with 1 when a headline figure is worse than in that file by more than .01
  --help                 this text`;

export interface Options {
  dirs: string[];
  split?: Split;
  systems: readonly string[];
  limit?: number;
  taxonomy?: string;
  out?: string;
  compare?: string;
}

const SPLITS: readonly string[] = ['val', 'test', 'all'];

/** Reads the command line; throws with what is wrong. */
export function optionsOf(args: readonly string[]): Options | 'help' {
  const { values, positionals: dirs } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      split: { type: 'string' },
      system: { type: 'string' },
      limit: { type: 'string' },
      taxonomy: { type: 'string' },
      out: { type: 'string' },
      compare: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  if (dirs.length === 0) throw new Error('Which folders? See --help.');
  const { split, limit, taxonomy, out, compare } = values;
  if (split !== undefined && !SPLITS.includes(split)) throw new Error(`--split is val, test or all, not «${split}»`);
  const systems = values.system?.split(',') ?? SYSTEM_NAMES;
  for (const name of systems)
    if (!SYSTEM_NAMES.includes(name)) throw new Error(`--system knows ${SYSTEM_NAMES.join(', ')}, not «${name}»`);
  const most = limit === undefined ? undefined : Number(limit);
  if (most !== undefined && !(Number.isInteger(most) && most > 0))
    throw new Error(`--limit is a whole number above 0, not «${limit}»`);
  return { dirs, split: split as Split | undefined, systems, limit: most, taxonomy, out, compare };
}
