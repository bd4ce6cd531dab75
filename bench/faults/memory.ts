import { readFileSync } from 'node:fs';

/** Sizes of one process over its life, by age in milliseconds. */
export interface Life {
  name: string;
  pid: number;
  born: number;
  sizes: { age: number; megabytes: number }[];
}

interface Growth {
  name: string;
  pid: number;
  /** When it had settled, and at the end. */
  settled: number;
  last: number;
  ratio: number;
}

const WINDOW_MS = 60_000;

/** What each process that lived long enough had grown to, from the time when it had settled: the medians of a minute around it and of its last one. */
export function growths(lives: readonly Life[], settledAfterMs: number): Growth[] {
  return lives.flatMap(({ name, pid, sizes }) => {
    const end = sizes.at(-1)?.age ?? 0;
    const around = sizes.filter(({ age }) => Math.abs(age - settledAfterMs) <= WINDOW_MS / 2);
    const latest = sizes.filter(({ age }) => age > end - WINDOW_MS);
    // A life that ended soon after has nothing to compare.
    if (around.length === 0 || end < settledAfterMs + 2 * WINDOW_MS) return [];
    const [settled, last] = [median(around), median(latest)];
    return [{ name, pid, settled, last, ratio: last / settled }];
  });
}

const median = (sizes: Life['sizes']): number =>
  sizes.map(({ megabytes }) => megabytes).sort((a, b) => a - b)[Math.floor(sizes.length / 2)]!;

/** Follows processes by name, whichever process has the name at the moment. */
export class Memory {
  readonly lives: Life[] = [];

  /** Notes the size of each; `pidOf` answers undefined for what does not run. */
  look(names: readonly string[], pidOf: (name: string) => number | undefined, now: number): void {
    for (const name of names) {
      const pid = pidOf(name);
      const megabytes = pid && residentOf(pid);
      if (!pid || !megabytes) continue;
      let life = this.lives.find((one) => one.pid === pid);
      if (!life) {
        life = { name, pid, born: now, sizes: [] };
        this.lives.push(life);
      }
      life.sizes.push({ age: now - life.born, megabytes });
    }
  }
}

function residentOf(pid: number): number | undefined {
  try {
    const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return found === undefined ? undefined : Number(found) / 1024;
  } catch {
    return undefined;
  }
}
