import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { backUp } from './backup/backing-up.js';
import type { Manifest } from './backup/manifest.js';
import { barOn } from './bar.js';
import { databases, WHERE } from './installation.js';
import { runCommand } from './run-command.js';

const HELP = `Writes a backup of all databases into a directory. The platform may run. Streams and the search index are made anew from it.

  npm run -s backup -- DIR

DIR must not exist, or be empty. Its files hold personal data and the secrets of webhooks, and are readable for their owner alone: keep them so.

${WHERE}`;

async function main(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  });
  const [dir] = positionals;
  if (values.help || !dir || positionals.length > 1) {
    (values.help ? process.stdout : process.stderr).write(`${HELP}\n`);
    return values.help ? 0 : 2;
  }
  const bar = barOn(process.stderr);
  const from = Date.now();
  try {
    const manifest = await backUp(resolve(dir), databases(env), bar.step);
    bar.end();
    process.stdout.write(
      `${summary(manifest)}\n${resolve(dir)} is complete (${((Date.now() - from) / 1000).toFixed(1)} s).\n`,
    );
    return 0;
  } finally {
    bar.end();
  }
}

/** Rows and tables of each database, one line each. */
export function summary({ databases }: Manifest): string {
  return Object.entries(databases)
    .map(([service, { tables }]) => {
      const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
      return `${service.padEnd(13)} ${rows.toLocaleString('en').padStart(11)} rows in ${Object.keys(tables).length} tables`;
    })
    .join('\n');
}

if (import.meta.main) await runCommand(main);
