import { parseArgs } from 'node:util';
import { learningRpc, Problem } from '#libs/contracts';
import { brokerAddress, openBroker } from './broker.js';
import { describeLearned } from './learn/describe.js';

const HELP = `Learns the weights of the ranking from how suggestions were answered, and says whether that would rank better.

  npm run -s learn                  proposes a new version of the weights where it is better (p < .05); nobody ranks with it yet
  npm run -s learn -- --dry-run     writes nothing
  npm run -s learn -- --apply       switches to what is better at once

  --min N     judged pairs that are needed at least (default 200, of at least 20 needs)
  --seed N    for what is random in it (default 1): the same seed gives the same figures

The system is the one started here (npm start), or that of NATS_URL, or of the file that NATS_URL_FILE names. See docs/learning.md.`;

const PATIENCE_MS = 10 * 60_000;

class Usage extends Error {}

interface Options {
  min: number;
  seed: number;
  dryRun: boolean;
  apply: boolean;
}

/** The options, or undefined when help is asked for. Throws Usage when they make no sense. */
function readLearnOptions(args: string[]): Options | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  if (values['dry-run'] && values.apply) throw new Usage('--dry-run writes nothing, --apply does: choose one.');
  return {
    min: natural('--min', values.min, 1_000_000),
    seed: natural('--seed', values.seed, 2_147_483_647),
    dryRun: values['dry-run'],
    apply: values.apply,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        min: { type: 'string', default: '200' },
        seed: { type: 'string', default: '1' },
        'dry-run': { type: 'boolean', default: false },
        apply: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

function natural(name: string, value: string, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) throw new Usage(`${name} must be a whole number from 1 to ${most}.`);
  return number;
}

/** Runs the command; answers what to print and the exit code. */
export async function learnCommand(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ out?: string; error?: string; code: number }> {
  try {
    const options = readLearnOptions(args);
    if (!options) return { out: HELP, code: 0 };
    const broker = await openBroker(brokerAddress(env), 'learn');
    try {
      const learned = await broker.rpc.call(learningRpc.learn, options, broker.ctx, { timeoutMs: PATIENCE_MS });
      return { out: describeLearned(learned, options.min), code: 0 };
    } finally {
      await broker.close();
    }
  } catch (error) {
    if (error instanceof Usage) return { error: `${error.message}\n\n${HELP}`, code: 2 };
    return { error: error instanceof Problem ? error.detail : (error as Error).message, code: 1 };
  }
}

if (import.meta.main) {
  const { out, error, code } = await learnCommand(process.argv.slice(2), process.env);
  if (out) process.stdout.write(`${out}\n`);
  if (error) process.stderr.write(`${error}\n`);
  process.exitCode = code;
}
