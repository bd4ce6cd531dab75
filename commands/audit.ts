import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { databaseOf } from './service-database.js';

const HELP = `The audit log: who did what to what.

  npm run -s audit -- verify [--from <seq>:<hash>]                  whether every entry stands as it was written; prints the last one's hash
  npm run -s audit -- list [--actor <name>] [--target <id>] [--limit 50]    newest first

An entry's hash covers the entry and the hash before it: what was changed, taken out or moved shows. That the newest entries were cut off shows only
against a hash noted earlier: note what verify prints, elsewhere, and give it back with --from.
The database is that of the system started here (npm start), or DATABASE_URL (of access), or the file that DATABASE_URL_FILE names.`;

class Usage extends Error {}

interface Row {
  seq: string;
  at: Date;
  actor: string;
  subject: string | null;
  operation: string;
  targets: string[];
  request_id: string;
  hash: string;
}

interface Args {
  action?: string | undefined;
  from?: string | undefined;
  actor?: string | undefined;
  target?: string | undefined;
  limit?: number | undefined;
}

const PAGE = 2000;
const BEGINNING = '0'.repeat(64);

/** Runs the command on the database of access; answers the exit code. Throws Usage when it is called wrongly. */
export async function audit(manager: EntityManager, args: Args, print: (line: string) => void): Promise<number> {
  if (args.action === 'verify') return verify(manager, args.from, print);
  if (args.action !== 'list') throw new Usage(args.action ? `There is no "${args.action}".` : 'What is to be done?');
  const { actor = null, target = null, limit = 50 } = args;
  if (!Number.isInteger(limit) || limit < 1) throw new Usage('--limit must be a positive number.');
  const rows = await manager.query<Row[]>(
    `SELECT * FROM audit_entry WHERE ($1::text IS NULL OR actor = $1) AND ($2::text IS NULL OR targets @> ARRAY[$2]) ORDER BY seq DESC LIMIT $3`,
    [actor, target, limit],
  );
  for (const row of rows)
    print([row.seq, row.at.toISOString(), row.actor, row.operation, row.targets.join(' '), row.request_id].join('  '));
  print(rows.length === 0 ? 'There are no such entries.' : `${rows.length} shown`);
  return 0;
}

async function verify(
  manager: EntityManager,
  from: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  const [, noted, notedHash] = /^(\d+):([0-9a-f]{64})$/.exec(from ?? '') ?? [];
  if (from && !noted) throw new Usage('--from is what verify printed: <seq>:<hash>.');
  let seq = 0;
  let hash = BEGINNING;
  for (;;) {
    const rows = await manager.query<Row[]>(`SELECT * FROM audit_entry WHERE seq > $1 ORDER BY seq LIMIT ${PAGE}`, [
      seq,
    ]);
    for (const row of rows) {
      if (Number(row.seq) !== seq + 1) {
        print(`BROKEN: after entry ${seq} comes entry ${row.seq}.`);
        return 1;
      }
      hash = hashOf(row, hash);
      if (row.hash !== hash) {
        print(`BROKEN: entry ${row.seq} is not what was written.`);
        return 1;
      }
      seq++;
      if (noted && seq === Number(noted) && hash !== notedHash) {
        print(`BROKEN: entry ${noted} is another one than was noted.`);
        return 1;
      }
    }
    if (rows.length < PAGE) break;
  }
  if (noted && Number(noted) > seq) {
    print(`BROKEN: there are ${seq} entries, ${noted} were noted.`);
    return 1;
  }
  print(`${seq} entries stand as they were written. Note: ${seq}:${hash}`);
  return 0;
}

// Written here a second time on purpose: what checks the log shares nothing with what writes it.
function hashOf(row: Row, before: string): string {
  const { seq, at, actor, subject, operation, targets, request_id } = row;
  const said = [before, Number(seq), at.toISOString(), actor, subject, operation, targets, request_id];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      actor: { type: 'string' },
      target: { type: 'string' },
      limit: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const source = await new DataSource({ type: 'postgres', url: databaseOf(process.env, 'access') }).initialize();
  try {
    const { limit, from, actor, target } = values;
    const args = {
      action: positionals[0],
      from,
      actor,
      target,
      limit: limit === undefined ? undefined : Number(limit),
    };
    return await audit(source.manager, args, (line) => console.log(line));
  } finally {
    await source.destroy();
  }
}

if (import.meta.main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}${error instanceof Usage ? `\n\n${HELP}` : ''}\n`);
    process.exitCode = 2;
  }
}
