import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../directory.js';

const DEFAULT_AT = '03:30';
/** A clock may be set and a machine may sleep: the time is looked at anew this often. */
const LOOK_MS = 60_000;

/** The time of day of RECONCILE_AT, `HH:MM` on the clock of this machine; undefined where it is `off`. Throws on anything else. */
export function reconcileAt(env: NodeJS.ProcessEnv): { hour: number; minute: number } | undefined {
  const given = env.RECONCILE_AT || DEFAULT_AT;
  if (given === 'off') return undefined;
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(given) ?? [];
  if (!hour || !minute) throw new Error(`RECONCILE_AT=${given} is no time of day: write 03:30, or off.`);
  return { hour: Number(hour), minute: Number(minute) };
}

/** The first moment after `now` with that time of day. */
export function nextAt({ hour, minute }: { hour: number; minute: number }, now: Date): Date {
  const next = new Date(now);
  next.setHours(hour, minute, 0, 0);
  if (next <= now) next.setDate(next.getDate() + 1);
  return next;
}

/** Runs `reconcile` every night as a process of its own, until `stop()`. `log` is told how it ended. Throws when RECONCILE_AT is no time of day. */
export function nightly(env: NodeJS.ProcessEnv, log: (line: string) => void, reconcile = run): { stop(): void } {
  const at = reconcileAt(env);
  if (!at) return { stop: () => {} };
  let due = nextAt(at, new Date());
  const timer = setInterval(() => {
    const now = new Date();
    if (now < due) return;
    due = nextAt(at, now);
    reconcile(env, log);
  }, LOOK_MS);
  return { stop: () => clearInterval(timer) };
}

function run(env: NodeJS.ProcessEnv, log: (line: string) => void): void {
  const child = spawn(process.execPath, [join(projectRoot(), 'dist', 'commands', 'reconcile.js')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  child.on('error', (error) => log(`reconcile could not be started: ${error.message}`));
  child.on('close', (code) => {
    const lines = said.trim().split('\n');
    // In a good night the last line says it all.
    for (const line of code === 0 ? lines.slice(-1) : lines) log(`reconcile: ${line}`);
  });
}
