import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadSecrets, provisionDatabases, startEngines } from '#libs/engines';
import { natsUsers } from '#libs/messaging';
import { readManifest } from './backup/manifest.js';
import { restore } from './backup/restoring.js';
import { summary } from './backup.js';
import { barOn } from './bar.js';
import { dataDirectory } from './directory.js';
import { type Databases, databases, databasesBehind, WHERE } from './installation.js';
import { runCommand } from './run-command.js';
import { leaveDirectory, takeDirectory } from './start/run-file.js';
import { DATABASE_SERVICES } from './start/services.js';

const HELP = `Brings a backup into empty databases. The services must not run; started afterwards, they fill streams and search index by themselves.

  npm run -s restore -- DIR

With data of npm start: stop it, and give it an empty place (CERESIO_DIR, or remove .ceresio); then npm start.
Elsewhere: npm run provision first, NATS and Meilisearch best without data; then start the services, and run npm run reconcile.

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
  // Before anything is started for it.
  readManifest(resolve(dir));
  const bar = barOn(process.stderr);
  try {
    const manifest = await within(env, (found) => restore(resolve(dir), found, bar.step));
    bar.end();
    process.stdout.write(
      `${summary(manifest)}\nRestored as of ${manifest.from}. Start the services now, then run npm run reconcile.\n`,
    );
    return 0;
  } finally {
    bar.end();
  }
}

/** The databases that are named, or those of this machine's installation, whose PostgreSQL runs for as long as the work takes. */
async function within<T>(env: NodeJS.ProcessEnv, work: (found: Databases) => Promise<T>): Promise<T> {
  if (env.SECRETS_DIR || env.COMPANIES_DATABASE_URL || env.COMPANIES_DATABASE_URL_FILE) return work(databases(env));
  const dir = dataDirectory(env);
  if (existsSync(join(dir, 'run.json'))) throw new Error('The platform runs here: stop it first.');
  const other = takeDirectory(dir, process.pid);
  if (other !== undefined) throw new Error(`The platform is being started here (process ${other}): stop it first.`);
  const secrets = loadSecrets(dir, { services: DATABASE_SERVICES, natsUsers: natsUsers().map(({ name }) => name) });
  // Nothing else may keep the event loop alive between two polls of an engine that starts.
  const alive = setInterval(() => {}, 60_000);
  const engines = await startEngines({ dir, env, only: ['postgres'] });
  try {
    await provisionDatabases(engines.postgres.url, DATABASE_SERVICES, secrets.servicePasswords);
    return await work(databasesBehind(engines.postgres.url, dir));
  } finally {
    await engines.stop();
    clearInterval(alive);
    leaveDirectory(dir);
  }
}

if (import.meta.main) await runCommand(main);
