import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { DataSource, type EntityManager } from 'typeorm';
import { listDeadLetters, requeueDeadLetters, showDeadLetter } from '#libs/messaging';
import { databaseOf, UnknownService } from './service-database.js';

const HELP = `Events that a service gave up: looks at them, and has them handled again.

  npm run -s dead-letters -- list --service <name>            the open ones (--all: also those that were handled since)
  npm run -s dead-letters -- show <id>… --service <name>      why, the message itself, and what was done with it
  npm run -s dead-letters -- requeue <id>… --service <name>   handles them once more, by this service alone
  npm run -s dead-letters -- requeue-all --service <name>     the same for all open ones

  --by <name>   who does it, for the audit (default: the user of this machine)

The database is that of the system started here (npm start), or DATABASE_URL (the service's own), or the file that DATABASE_URL_FILE names.
A requeued event that fails again is a dead letter again, with its new error.`;

class Usage extends Error {}

type Print = (line: string) => void;

/** Runs the command on the service's database. Throws Usage when it is called wrongly. */
export async function deadLetters(
  manager: EntityManager,
  args: { action?: string; ids: string[]; all: boolean; by: string },
  print: Print,
): Promise<void> {
  const { action, ids } = args;
  if ((action === 'show' || action === 'requeue') && ids.length === 0) throw new Usage('Which one? Give its id.');
  const wrong = ids.find((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));
  if (wrong) throw new Usage(`"${wrong}" is no id of an event.`);
  switch (action) {
    case 'list': {
      const letters = await listDeadLetters(manager, args.all);
      for (const one of letters) {
        const state = one.resolved_at ? 'handled' : one.requeued_at ? 'requeued' : 'open';
        print(
          `${one.event_id}  ${one.dead_at.toISOString()}  ${state.padEnd(8)}  ${one.reason.padEnd(11)}  ${one.subject}  ${one.error}`,
        );
      }
      return print(letters.length === 0 ? 'There are no dead letters.' : `${letters.length} in all`);
    }
    case 'show':
      for (const id of ids) {
        const letter = await showDeadLetter(manager, id);
        print(letter ? JSON.stringify(letter, null, 2) : `${id} is no dead letter here.`);
      }
      return;
    case 'requeue':
    case 'requeue-all': {
      const count = await requeueDeadLetters(manager, args.by, action === 'requeue' ? ids : undefined);
      return print(
        count === 0
          ? 'There is nothing to requeue.'
          : `${count} requeued; the running service handles them within seconds.`,
      );
    }
    default:
      throw new Usage(action ? `There is no "${action}".` : 'What is to be done?');
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      by: { type: 'string', default: userInfo().username },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(HELP);
  const [action, ...ids] = positionals;
  if (!values.service) throw new Usage('--service is missing.');
  const source = await new DataSource({ type: 'postgres', url: databaseOf(process.env, values.service) }).initialize();
  try {
    await deadLetters(source.manager, { action, ids, all: values.all, by: values.by }, (line) => console.log(line));
  } finally {
    await source.destroy();
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    const usage =
      error instanceof Usage ||
      error instanceof UnknownService ||
      (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${(error as Error).message}\n${usage ? `\n${HELP}\n` : ''}`);
    process.exitCode = usage ? 2 : 1;
  }
}
