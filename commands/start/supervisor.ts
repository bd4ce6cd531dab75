import { setTimeout as pause } from 'node:timers/promises';
import type { EngineName, Engines, ManagedProcess } from '#libs/engines';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;
/** A process that ran this long before it died begins again with the shortest pause. */
const STEADY = 30_000;

/** Tries of one thing that keeps dying: the pause before the next one, in milliseconds. */
export class Backoff {
  private failures = 0;
  private last = 0;

  /** `now` in milliseconds. */
  next(now: number): number {
    if (now - this.last > STEADY) this.failures = 0;
    this.last = now;
    return Math.min(FIRST_PAUSE * 2 ** this.failures++, LONGEST_PAUSE);
  }
}

/** Keeps processes and engines running: who dies is started again after a growing pause. */
export class Supervisor {
  private stopping = false;
  private readonly processes: ManagedProcess[] = [];

  /** `changed` is called whenever a process id changed; `say` gets what a person should read. */
  constructor(
    private readonly say: (line: string) => void,
    private readonly changed: () => void,
  ) {}

  /** Starts a process, resolves when it is ready, and keeps it from then on. */
  async add(child: ManagedProcess): Promise<void> {
    if (this.stopping) throw new Error('stopped');
    this.processes.push(child);
    const backoff = new Backoff();
    await child.start();
    child.onUnexpectedEnd((how) => {
      this.changed();
      void this.revive(child.name, how, backoff, () => this.startAgain(child));
    });
  }

  /** Keeps engines that run already. `restarted` is awaited after each restart. */
  keep(engines: Engines, restarted: (name: EngineName) => Promise<void>): void {
    const backoffs = { postgres: new Backoff(), nats: new Backoff(), meilisearch: new Backoff() };
    engines.onUnexpectedEnd((name, how) => {
      this.changed();
      void this.revive(name, how, backoffs[name], async () => {
        await engines.restart(name);
        this.changed();
        await restarted(name);
      });
    });
  }

  /** Id and name of every process that runs, and where a service's health and metrics are. */
  running(): { name: string; pid: number; internal?: string }[] {
    return this.processes.flatMap(({ name, pid, internal }) =>
      pid === undefined ? [] : [{ name, pid, ...(internal && { internal }) }],
    );
  }

  /** Asks all processes to end and resolves when they are gone; nothing is started again from here on. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.processes.map((child) => child.stop()));
  }

  private async startAgain(child: ManagedProcess): Promise<void> {
    const ready = child.start();
    // A stop that came in between has not seen this process.
    if (this.stopping) await child.stop();
    this.changed();
    await ready;
  }

  private async revive(name: string, how: string, backoff: Backoff, start: () => Promise<void>): Promise<void> {
    let why = how;
    while (!this.stopping) {
      const wait = backoff.next(Date.now());
      this.say(`${name} ended (${why}); starting it again in ${wait / 1000} s`);
      await pause(wait);
      if (this.stopping) return;
      try {
        await start();
        this.say(`${name} is back`);
        return;
      } catch (error) {
        why = (error as Error).message.split('\n')[0] ?? 'unknown';
        this.changed();
      }
    }
  }
}
