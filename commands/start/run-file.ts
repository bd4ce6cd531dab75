import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSecret } from '#libs/engines';

/** What `run.json` says about a system that runs: addresses, and every process with its id. Addresses of engines hold credentials. */
export interface Run {
  gateway: string;
  /** The web front end; null while there is none. */
  portal: string | null;
  mail: string;
  /** Who signs people in: the local issuer, or the one that OIDC_ISSUER named. */
  issuer: string;
  engines: { postgres: string; nats: string; meilisearch: string };
  /** `internal` is where a service's health and metrics are. */
  processes: { name: string; pid: number; internal?: string }[];
}

/** Writes the file whole, so that who polls it never reads half of it. */
export function writeRun(dir: string, run: Run): void {
  writeSecret(join(dir, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
}

/** Deletes it. */
export function deleteRun(dir: string): void {
  rmSync(join(dir, 'run.json'), { force: true });
}

/** Takes the directory for this process. Answers the id of another live process that has it, or undefined when it is ours now. */
export function takeDirectory(dir: string, pid: number): number | undefined {
  const file = join(dir, 'start.pid');
  const holder = holderOf(dir);
  if (holder !== undefined) return holder;
  mkdirSync(dir, { recursive: true });
  rmSync(file, { force: true });
  try {
    writeFileSync(file, `${pid}\n`, { flag: 'wx' });
    return undefined;
  } catch {
    // Another start was faster by a moment.
    return holderOf(dir) ?? pid;
  }
}

/** Gives the directory back. */
export function leaveDirectory(dir: string): void {
  rmSync(join(dir, 'start.pid'), { force: true });
}

/** The live process that works in the directory; a process id that belongs to something else by now does not count. */
export function holderOf(dir: string): number | undefined {
  const file = join(dir, 'start.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (!(pid > 0)) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  if (
    existsSync('/proc/self/cmdline') &&
    !(existsSync(commandLine) && /start\.[jt]s/.test(readFileSync(commandLine, 'utf8')))
  )
    return undefined;
  return pid;
}
