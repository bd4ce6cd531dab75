import { Presets, SingleBar } from 'cli-progress';
import { Problem } from '#libs/contracts';
import { type Display, type ImportSummary, importFiles } from './import/import-files.js';
import { HELP, type ImportOptions, readOptions, UsageError } from './import/options.js';
import { UnreadableFile } from './import/table.js';

/** Runs the command; resolves with its exit code. */
export async function importCommand(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const options = readOptions(args);
    if (!options) {
      process.stdout.write(`${HELP}\n`);
      return 0;
    }
    const open = async () => {
      // What speaks to the system takes a second to load; help, checks and mistakes need not wait for it.
      const { brokerAddress, openBroker } = await import('./broker.js');
      return openBroker(brokerAddress(env), 'import');
    };
    const summary = await importFiles(options, open, displayOn(process.stderr));
    process.stdout.write(`${describe(summary, options)}\n`);
    return summary.rejected > 0 || summary.interrupted ? 1 : 0;
  } catch (error) {
    if (error instanceof UsageError) return fail(2, `${error.message}\nSee: npm run import -- --help`);
    if (error instanceof UnreadableFile) return fail(2, `${error.message}\nNothing was imported.`);
    if (error instanceof Problem) return fail(1, `The system refuses the import: ${error.detail}`);
    return fail(1, (error as Error).message);
  }
}

function fail(code: number, message: string): number {
  process.stderr.write(`${message}\n`);
  return code;
}

/** The last lines of an import, for people. */
export function describe(summary: ImportSummary, options: ImportOptions): string {
  const what = options.kind === 'companies' ? 'firms' : 'experts';
  const { created, updated, unchanged, repeated, rejected, notSent } = summary;
  const lines = [`${summary.rows} rows make ${summary.items} ${what}.`];
  if (options.dryRun) lines.push(`Dry run: ${notSent} would be sent, nothing was.`);
  else if (options.strict && rejected > 0 && created + updated + unchanged === 0)
    lines.push('Strict: a row is bad, so nothing was sent.');
  else lines.push(`${created} new, ${updated} changed, ${unchanged} known already.`);
  if (repeated > 0) lines.push(`${repeated} repeated rows left out.`);
  if (rejected > 0) lines.push(`${rejected} rejected: ${options.rejected} says which and why.`);
  if (summary.interrupted)
    lines.push(`The system went away (${summary.interrupted}). ${notSent} rows are left: run the same command again.`);
  if (options.kind === 'experts' && !options.consentBasis) {
    lines.push('They stay unlisted until they consent; --consent-basis TEXT lists them and keeps the reason.');
  }
  return lines.join('\n');
}

/** A bar on a terminal, a line now and then elsewhere. */
export function displayOn(stream: NodeJS.WriteStream): Display {
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {value}/{total} rows · {duration_formatted}',
      noTTYOutput: true,
      notTTYSchedule: 2000,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  return {
    say: (line) => stream.write(`${line}\n`),
    start: (total) => bar.start(total, 0),
    progress: (rows) => bar.increment(rows),
    end: () => bar.stop(),
  };
}

if (import.meta.main) {
  process.exitCode = await importCommand(process.argv.slice(2), process.env);
}
