import { parseArgs } from 'node:util';
import { dataDirectory } from './directory.js';
import { farewell, greeting } from './start/greeting.js';
import { Platform } from './start/platform.js';
import { holderOf, takeDirectory } from './start/run-file.js';

const HELP = `Starts the whole platform on this machine: engines, services, the sample network.

  npm start                   keeps what is there
  npm start -- --fresh        deletes all data first
  npm start -- --no-sample    without the sample network
  npm start -- --port N       the HTTP API on port N (3000, or another where that is taken)

Ctrl-C stops everything; the data stay. They are in .ceresio, or where CERESIO_DIR says.
Engines of your own: DATABASE_URL, NATS_URL with NATS_MONITOR_URL, MEILI_URL with MEILI_MASTER_KEY.
Streams: NATS_REPLICAS (1), NATS_STREAM_MB (512).`;

// A terminal that is closed must not end the platform in disorder; its signal does it in order.
process.stdout.on('error', () => {});

const say = (line: string) => process.stdout.write(`${line}\n`);

interface Options {
  fresh: boolean;
  sample: boolean;
  port: number;
}

function readOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      fresh: { type: 'boolean', default: false },
      'no-sample': { type: 'boolean', default: false },
      port: { type: 'string', default: '3000' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port (1 to 65535).`);
  return { fresh: values.fresh, sample: !values['no-sample'], port };
}

async function run(options: Options): Promise<number> {
  const dir = dataDirectory(process.env);
  const holder = holderOf(dir);
  if (holder !== undefined) {
    say(`The platform runs already (process ${holder}). Stop it with: kill -INT ${holder}`);
    return 1;
  }
  const platform = new Platform(dir, process.env, say);
  // Not only Ctrl-C: npm passes on what it gets, so one Ctrl-C may arrive twice.
  const asked = new Promise<'stop'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('stop'));
  });
  if (options.fresh) await platform.deleteData();
  const other = takeDirectory(dir, process.pid);
  if (other !== undefined) {
    say(`Another start was faster (process ${other}).`);
    return 1;
  }
  // Nothing else may keep the event loop alive between two polls.
  const alive = setInterval(() => {}, 60_000);
  const from = Date.now();
  let code = 0;
  const started = platform.start(options).then(
    (addresses) => {
      say(greeting(addresses, Date.now() - from));
      return 'started' as const;
    },
    (error: Error) => error,
  );
  const outcome = await Promise.race([started, asked]);
  if (outcome instanceof Error) {
    say(`\nThe start failed: ${outcome.message}`);
    code = 1;
  } else if (outcome === 'started') {
    await asked;
  }
  say('\nStopping …');
  await platform.stop();
  clearInterval(alive);
  say(farewell(dir));
  return code;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') say(HELP);
  else process.exit(await run(options));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${HELP}\n`);
  process.exit(2);
}
