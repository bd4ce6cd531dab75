import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { play, type Result, type Scenario } from './faults/scenario.js';
import { soak } from './faults/soak.js';
import { details, table } from './faults/table.js';
import type { World } from './faults/world.js';

const HELP = `npm run test:faults [-- --only 1,2,16] [--writes 5000] [--writers 8] [--seed 1] [--short]

Breaks things while patient clients write, heals them, waits until everything has drained, and balances the books of every consumer.
Each scenario has engines and services of its own; its seed and number are enough to run it again.

  --only 1,2,16   these scenarios alone
  --writes 5000   acknowledged writes in each
  --writers 8     clients that write at the same time
  --seed 1        chooses what is written and when something is killed
  --short         a selection with 500 writes each, two scenarios at a time, for every change
  --at-once 1     scenarios that run side by side
  --soak 30       instead: moderate traffic and random kills for 30 minutes, and the memory of each service besides
  --list          what there is

Exit code 0 when all books balance, 1 when one does not, 2 when it was called wrongly.`;

const SHORT = [1, 2, 3, 4, 5, 11, 12, 15, 16];
const folder = join(import.meta.dirname, 'faults', 'scenarios');
const say = (line: string) => process.stderr.write(`${line}\n`);

const worlds = new Set<World>();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interrupted = true;
    say(`${signal}: stopping what was started`);
    void Promise.allSettled([...worlds].map((world) => world.stop())).finally(() => process.exit(130));
  });
}

async function scenarios(): Promise<Scenario[]> {
  const files = readdirSync(folder).filter((file) => /^\d\d-.*\.ts$/.test(file));
  const all = await Promise.all(
    files.map(async (file) => ((await import(join(folder, file))) as { scenario: Scenario }).scenario),
  );
  return all.sort((a, b) => a.number - b.number);
}

async function main(): Promise<number> {
  // What is waited for may be a process, and a process that was started detached keeps nothing alive.
  setInterval(() => {}, 60_000);
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      writes: { type: 'string' },
      writers: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
      short: { type: 'boolean', default: false },
      'at-once': { type: 'string' },
      soak: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  if (values.soak !== undefined && !(Number(values.soak) > 0)) throw new Error('--soak is a number of minutes.');
  const all = values.soak ? [soak(Number(values.soak))] : await scenarios();
  if (values.list) {
    process.stdout.write(`${all.map(({ number, title }) => `${number}. ${title}`).join('\n')}\n`);
    return 0;
  }
  const only =
    (values.soak ? [0] : undefined) ??
    values.only?.split(',').map(Number) ??
    (values.short ? SHORT : all.map(({ number }) => number).filter((number) => number > 0));
  const chosen = all.filter(({ number }) => only.includes(number));
  const unknown = values.short ? [] : only.filter((number) => !chosen.some((one) => one.number === number));
  const [writes, writers, seed, atOnce] = [
    values.writes ?? (values.short ? '500' : '5000'),
    values.writers,
    values.seed,
    values['at-once'] ?? (values.short ? '2' : '1'),
  ].map(Number);
  if (unknown.length > 0 || chosen.length === 0) throw new Error(`There is no scenario ${unknown.join(', ')}.`);
  if (![writes, writers, seed, atOnce].every((n) => Number.isInteger(n) && n! > 0))
    throw new Error('--writes, --writers, --seed and --at-once are whole numbers above 0.');
  const results: Result[] = [];
  const failed: string[] = [];
  const run = { writes: writes!, writers: writers!, seed: seed!, short: values.short, say };
  const waiting = [...chosen];
  const playing = async () => {
    for (let scenario = waiting.shift(); scenario && !interrupted; scenario = waiting.shift()) {
      try {
        const result = await play(scenario, run, (world) => worlds.add(world));
        results.push(result);
        say(details(result));
      } catch (error) {
        failed.push(`${scenario.number}. ${scenario.title}: ${(error as Error).message}`);
        say(`${failed.at(-1)}\n${(error as Error).stack}`);
      }
    }
  };
  // Much of a short one is waiting: for what is stopped to go on, for a message to come again.
  await Promise.all(Array.from({ length: atOnce! }, playing));
  results.sort((a, b) => a.number - b.number);
  process.stdout.write(`\nSeed ${seed}, ${writes} writes each\n\n${table(results)}\n`);
  const broken = results.filter((result) => result.broken.length > 0);
  for (const line of [
    ...failed,
    ...broken.map(({ number }) => `${number} does not balance: --only ${number} --seed ${seed}`),
  ])
    process.stdout.write(`${line}\n`);
  return failed.length + broken.length > 0 ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${HELP}\n`);
  process.exit(2);
}
