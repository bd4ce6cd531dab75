import { parseArgs } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { databaseOf } from './service-database.js';

const HELP = `What became of notices on their way out: mails, hints to open streams, hand-overs to webhooks.

  npm run -s deliveries -- list [--state failed] [--channel email] [--limit 50]   newest first
  npm run -s deliveries -- count                                                  how many, by channel, state and reason
  npm run -s deliveries -- retry <id>…                                            sends them again, from the first attempt on
  npm run -s deliveries -- retry --all [--channel email]                          the same for all that failed

States: pending, sent, failed (refused, or tried for five days), cancelled (called off, read in the inbox, switched off, no address).
Sent again is what failed, and what was cancelled for want of an address that works; a refused address is tried once more.
What was read meanwhile is not sent.
The database is that of the system started here (npm start), or DATABASE_URL (of notifications), or the file that DATABASE_URL_FILE names.`;

const STATES = ['pending', 'sent', 'failed', 'cancelled'];
/** Reasons for which nothing was sent and which somebody may have mended since. */
const MENDABLE = ['no-address', 'address-refused'];

class Usage extends Error {}

type Print = (line: string) => void;

interface Row {
  id: string;
  created_at: Date;
  channel: string;
  state: string;
  attempts: number;
  kind: string;
  next_at: Date;
  digest_at: Date | null;
  last_error: string | null;
}

interface Args {
  action?: string;
  ids: string[];
  all?: boolean;
  state?: string;
  channel?: string;
  limit?: number;
}

/** Runs the command on the database of notifications. Throws Usage when it is called wrongly. */
export async function deliveries(manager: EntityManager, args: Args, print: Print): Promise<void> {
  const { action, ids, all, state = null, channel = null, limit = 50 } = args;
  if (state && !STATES.includes(state)) throw new Usage(`"${state}" is no state: ${STATES.join(', ')}.`);
  if (!Number.isInteger(limit) || limit < 1) throw new Usage('--limit must be a positive number.');
  const wrong = ids.find((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));
  if (wrong) throw new Usage(`"${wrong}" is no id of a delivery.`);
  switch (action) {
    case 'list': {
      const rows = await manager.query<Row[]>(
        `SELECT d.id, d.created_at, d.channel, d.state, d.attempts, d.next_at, d.digest_at, d.last_error, n.kind
         FROM delivery d JOIN notice n ON n.id = d.notice_id
         WHERE ($1::text IS NULL OR d.state = $1) AND ($2::text IS NULL OR d.channel = $2)
         ORDER BY d.created_at DESC, d.id DESC LIMIT $3`,
        [state, channel, limit],
      );
      for (const row of rows) print(lineOf(row));
      return print(rows.length === 0 ? 'There are no such deliveries.' : `${rows.length} shown`);
    }
    case 'count': {
      const rows = await manager.query<{ channel: string; state: string; reason: string; count: number }[]>(
        `SELECT channel, state, coalesce(last_error, '') AS reason, count(*)::int AS count FROM delivery
         GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC`,
      );
      for (const row of rows)
        print(`${row.channel.padEnd(8)}  ${row.state.padEnd(9)}  ${String(row.count).padStart(8)}  ${row.reason}`);
      return;
    }
    case 'retry': {
      if (ids.length === 0 && !all) throw new Usage('Which ones? Give their ids, or --all.');
      const rows = await manager.query<{ count: number }[]>(
        `WITH again AS (
           UPDATE delivery SET state = 'pending', attempts = 0, next_at = now(), last_error = NULL, first_tried_at = NULL,
             claimed_until = NULL, token = NULL
           FROM notice WHERE notice.id = delivery.notice_id AND notice.state = 'unread'
             AND (delivery.state = 'failed' OR (delivery.state = 'cancelled' AND delivery.last_error = ANY($4)))
             AND CASE WHEN $1 THEN delivery.state = 'failed' AND ($2::text IS NULL OR delivery.channel = $2)
                      ELSE delivery.id = ANY($3::uuid[]) END
           RETURNING delivery.recipient_kind, delivery.recipient_id, delivery.channel),
         forgiven AS (
           DELETE FROM refused_address r USING again
           WHERE again.channel = 'email' AND r.recipient_kind = again.recipient_kind AND r.recipient_id = again.recipient_id)
         SELECT count(*)::int AS count FROM again`,
        [ids.length === 0, channel, ids, MENDABLE],
      );
      const count = rows[0]?.count ?? 0;
      return print(`${count} are sent again; the running service does it within seconds.`);
    }
    default:
      throw new Usage(action ? `There is no "${action}".` : 'What is to be done?');
  }
}

function lineOf(row: Row): string {
  const waits = row.state === 'pending' ? `${row.digest_at ? 'digest' : 'due'} ${row.next_at.toISOString()}` : '';
  const parts = [row.id, row.created_at.toISOString(), row.channel.padEnd(7), row.state.padEnd(9), row.kind.padEnd(20)];
  return [...parts, `${row.attempts} tried`, waits, row.last_error ?? ''].filter(Boolean).join('  ');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      state: { type: 'string' },
      channel: { type: 'string' },
      limit: { type: 'string' },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(HELP);
  const [action, ...ids] = positionals;
  const { limit, ...rest } = values;
  const url = databaseOf(process.env, 'notifications');
  const source = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    const args = { ...rest, action, ids, ...(limit === undefined ? {} : { limit: Number(limit) }) };
    await deliveries(source.manager, args, (line) => console.log(line));
  } finally {
    await source.destroy();
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const usage = error instanceof Usage || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${(error as Error).message}\n${usage ? `\n${HELP}\n` : ''}`);
    process.exitCode = usage ? 2 : 1;
  }
}
