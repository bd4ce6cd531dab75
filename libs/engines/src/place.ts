import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { endLeftover } from './leftover.js';

/** Where the engines keep their data, and as whom they run. */
export interface Place {
  dir: string;
  /** Undefined: as the user who starts them. */
  user: { uid: number; gid: number } | undefined;
}

/**
 * The place for the engines of `dir`. PostgreSQL refuses root, so as root they run as an unprivileged user of the system;
 * where that user cannot come near `dir`, the place is a directory under /var/tmp, named after `dir`.
 */
export function findPlace(dir: string, say: (line: string) => void): Place {
  if (process.getuid?.() !== 0) {
    mkdirSync(dir, { recursive: true });
    return { dir, user: undefined };
  }
  const user = unprivilegedUser();
  mkdirSync(dir, { recursive: true });
  if (mayReach(dir, user)) return { dir, user };
  const elsewhere = placeElsewhere(dir);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  const { uid, mode } = statSync(elsewhere);
  // In a directory that everyone may write, somebody could have been there first.
  if (uid !== 0 || (mode & 0o022) !== 0)
    throw new Error(`${elsewhere} belongs to somebody else: remove it, then start again.`);
  chmodSync(elsewhere, 0o755);
  removeAbandoned();
  writeFileSync(join(elsewhere, 'origin'), `${resolve(dir)}\n`);
  say(`The engines run as ${user.name}, who cannot enter ${dir}: their data are in ${elsewhere}.`);
  return { dir: elsewhere, user };
}

/** Deletes everything that was kept for `dir`, wherever it was, and ends engines that an earlier run left there. */
export async function removePlace(dir: string): Promise<void> {
  const bases = process.getuid?.() === 0 ? [dir, placeElsewhere(dir)] : [dir];
  for (const base of bases) {
    for (const name of ['postgres', 'nats', 'meilisearch']) await endLeftover(join(base, name), 'SIGKILL');
    rmSync(base, { recursive: true, force: true });
  }
}

/** A directory in the place that belongs to the engines' user alone; its path. */
export function ownDirectory(place: Place, ...names: string[]): string {
  const path = join(place.dir, ...names);
  mkdirSync(path, { recursive: true });
  if (place.user) chownSync(path, place.user.uid, place.user.gid);
  chmodSync(path, 0o700);
  return path;
}

/**
 * A path under which the engines' user can run the program at `file`; npm packages come without the execute bit, or lie where that
 * user cannot go. `whole` names the directory that must come along when the program has to be copied.
 */
export function runnable(place: Place, file: string, whole = file): string {
  if (mayRun(file, place.user)) return file;
  try {
    chmodSync(file, 0o755);
  } catch {
    // An installation that belongs to somebody else: a copy will do.
  }
  if (mayRun(file, place.user)) return file;
  const { size, mtimeMs } = statSync(file);
  const stamp = createHash('sha256').update(`${file} ${size} ${mtimeMs}`).digest('hex').slice(0, 12);
  const copy = join(place.dir, 'programs', `${basename(file)}-${stamp}`, basename(whole));
  const program = join(copy, file.slice(whole.length));
  if (!existsSync(program)) {
    rmSync(dirname(copy), { recursive: true, force: true });
    // Renamed at the end: half a copy must not pass for a whole one.
    cpSync(whole, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.new`, copy);
  }
  chmodSync(program, 0o755);
  if (!mayRun(program, place.user))
    throw new Error(`${program} cannot be run there: is ${place.dir} mounted with "noexec"?`);
  return program;
}

function placeElsewhere(dir: string): string {
  return `/var/tmp/ceresio-${createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 12)}`;
}

// Of tests and trials in temporary directories that are gone. Elsewhere a missing directory may be a disk that is not mounted.
function removeAbandoned(): void {
  const parent = dirname(placeElsewhere('/'));
  for (const name of readdirSync(parent).filter((one) => one.startsWith('ceresio-'))) {
    const origin = join(parent, name, 'origin');
    if (!existsSync(origin) || statSync(origin).uid !== 0) continue;
    const dir = readFileSync(origin, 'utf8').trim();
    if (dir.startsWith(`${tmpdir()}/`) && !existsSync(dir))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function unprivilegedUser(): { name: string; uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields && Number(fields[2]) > 0) return { name, uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and neither "postgres" nor "nobody" is a user here: start as another user.',
  );
}

const mayReach = (dir: string, user: { uid: number; gid: number }) => test('-x', dir, user);
const mayRun = (file: string, user: Place['user']) => test('-x', file, user);

function test(flag: string, path: string, user: Place['user']): boolean {
  return spawnSync('/bin/sh', ['-c', `test ${flag} "$1"`, 'sh', path], { ...user, cwd: '/' }).status === 0;
}
