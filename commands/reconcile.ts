import { parseArgs } from 'node:util';
import { DataSource, type QueryRunner } from 'typeorm';
import { connectNats } from '#libs/messaging';
import { barOn } from './bar.js';
import { databases, eventsBroker, WHERE } from './installation.js';
import type { Sources } from './reconcile/check.js';
import { copyChecks } from './reconcile/copies.js';
import { eventChecks } from './reconcile/events.js';
import { indexCheck } from './reconcile/index-check.js';
import { quiet, type Result, reconciling } from './reconcile/reconciling.js';
import { runCommand } from './run-command.js';

const HELP = `Compares PostgreSQL with what was made of it elsewhere, and repairs what differs: streams, what services heard of one another, their copies, the index.

  npm run -s reconcile              compares and repairs; ends with 0 when all is equal in the end, with 1 when something is not
  npm run -s reconcile -- --check   only compares; ends with 1 when something differs

It may run at any time, beside the running services and beside another one. The platform runs it every night (RECONCILE_AT).

${WHERE}
NATS: NATS_URL with NATS_NKEY_SEED (the provisioner's), or that of the system started here.`;

/** The user of NATS that looks into streams: it may make consumers, and has an inbox. */
const USER = 'provisioner';

/** Runs the command; resolves with its exit code. */
export async function reconcileCommand(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const results = await reconcile(env, !values.check, process.stderr);
  if (!results) {
    process.stdout.write('Another one is at it; this one does nothing.\n');
    return 0;
  }
  process.stdout.write(`${table(results)}\n`);
  return results.some(({ differs }) => differs > 0) ? 1 : 0;
}

/** Compares everything, and repairs unless told not to. Undefined where another one is repairing at this moment. */
export async function reconcile(
  env: NodeJS.ProcessEnv,
  repair: boolean,
  progress?: NodeJS.WriteStream,
): Promise<Result[] | undefined> {
  const sources = await opened(env);
  const { url, seed } = eventsBroker(env);
  const nc = await connectNats(url, USER, { seed });
  const bar = progress && barOn(progress);
  const holder = sources.companies.createQueryRunner();
  try {
    if (repair && !(await alone(holder))) return undefined;
    const checks = [...eventChecks(nc, USER, sources), ...copyChecks(sources), indexCheck(sources.matching)];
    return await reconciling(checks, quiet(nc, sources), { repair, onStep: bar?.step });
  } finally {
    bar?.end();
    await holder.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    await holder.release();
    await nc.close();
    await Promise.all(Object.values(sources).map((source) => source.destroy()));
  }
}

// The lock falls with the connection. Two would do no harm, but each would take the other's repairs for differences of its own.
async function alone(holder: QueryRunner): Promise<boolean> {
  const [row] = await holder.query(`SELECT pg_try_advisory_lock(hashtextextended('reconcile', 0)) AS got`);
  return row.got;
}

async function opened(env: NodeJS.ProcessEnv): Promise<Sources> {
  const sources = Object.entries(databases(env)).map(async ([service, url]) => {
    const source = new DataSource({ type: 'postgres', url, extra: { max: 3 } });
    return [service, await source.initialize()] as const;
  });
  return Object.fromEntries(await Promise.all(sources)) as Sources;
}

/** The results as a table, without what there is none of, and a last line that says it all. */
export function table(results: readonly Result[]): string {
  const rows = [
    ['service', 'what', 'compared', 'differed', 'differs'],
    ...results
      .filter(({ compared, differed }) => compared + differed > 0)
      .map(({ service, what, compared, differed, differs }) =>
        [service, what, compared, differed, differs].map((cell) => cell.toLocaleString('en')),
      ),
  ];
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
  );
  const differs = results.reduce((sum, one) => sum + one.differs, 0);
  const differed = results.reduce((sum, one) => sum + one.differed, 0);
  const last =
    differs > 0
      ? `${differs} differ.`
      : differed > 0
        ? `${differed} differed and are repaired. Everything is equal.`
        : 'Everything is equal.';
  return [...lines, last].join('\n');
}

if (import.meta.main) await runCommand(reconcileCommand);
