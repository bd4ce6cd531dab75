import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Notes which process works on a data directory, so that a later start can find it should every guard have failed. */
export function noteOwner(dir: string, pid: number): void {
  writeFileSync(`${dir}.pid`, `${pid}\n`);
}

/** Takes the note away: the process has ended. */
export function forgetOwner(dir: string): void {
  rmSync(`${dir}.pid`, { force: true });
}

/**
 * Ends the process that an earlier run left on the data directory, if there is one: two servers on the same files destroy them.
 * A process counts as ours only when its command line or environment names the directory, since process ids are used again.
 */
export async function endLeftover(dir: string, gentle: NodeJS.Signals): Promise<void> {
  const pid = Number(read(`${dir}.pid`));
  for (let attempt = 0; pid > 1 && attempt < 100 && worksOn(pid, dir); attempt++) {
    process.kill(pid, attempt < 80 ? gentle : 'SIGKILL');
    await pause(100);
  }
  forgetOwner(dir);
}

/** Whether the process with this id was started for the data directory. */
export function worksOn(pid: number, dir: string): boolean {
  return read(`/proc/${pid}/cmdline`).includes(dir) || read(`/proc/${pid}/environ`).includes(dir);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
