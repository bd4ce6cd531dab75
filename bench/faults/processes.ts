import type { Engines, ManagedProcess } from '#libs/engines';
import { eventually } from '#libs/testing';
import { type Health, problemsOf } from './health.js';
import { type Death, ENGINES, isEngine } from './settings.js';

/** Engines and services of one platform, as victims: who runs, who is killed, frozen or kept down, and who is ready again. */
export class Processes {
  readonly deaths: Death[] = [];
  engines!: Engines;
  protected readonly processes = new Map<string, ManagedProcess>();
  protected readonly internalPorts = new Map<string, number>();
  private readonly paused = new Set<number>();

  /** Names of everything that can be killed: engines, services and their second copies. */
  get names(): string[] {
    return [...ENGINES, ...this.processes.keys()].filter((name) => name !== 'issuer');
  }

  /** The process id; undefined while it is down. */
  pid(name: string): number | undefined {
    return this.processes.get(name)?.pid ?? this.engines.processes().find((one) => one.name === name)?.pid;
  }

  /** Sends a signal that ends the process and resolves when the supervisor has another one in its place that is ready. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<Death> {
    const death = await this.end(name, signal);
    const from = Date.now() - death.endedAfterMs!;
    await eventually(() => this.expectAnother(name, death.pid), { timeout: 120_000 });
    await this.untilReady([name], 120_000);
    death.backAfterMs = Date.now() - from;
    return death;
  }

  /** As `kill`, but resolves when the process is gone. */
  async end(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<Death> {
    const pid = await eventually(
      () => {
        const found = this.pid(name);
        if (found === undefined) throw new Error(`${name} does not run`);
        return found;
      },
      { timeout: 120_000 },
    );
    const death: Death = { name, pid, signal };
    this.deaths.push(death);
    const from = Date.now();
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself this very moment.
    }
    await eventually(
      () => {
        if (this.pid(name) === pid) throw new Error(`${name} (${pid}) has not ended`);
      },
      { every: 5, timeout: 60_000 },
    );
    death.endedAfterMs = Date.now() - from;
    return death;
  }

  /** Kills it and keeps it down until `resume`. */
  async halt(name: string): Promise<void> {
    if (isEngine(name)) await this.engines.kill(name);
    else await this.child(name).kill();
  }

  async resume(name: string): Promise<void> {
    if (isEngine(name)) await this.engines.restart(name);
    else await this.child(name).start();
  }

  /** SIGSTOP: it lives and does nothing, until `unfreeze`. */
  freeze(name: string): void {
    const pid = this.pid(name);
    if (pid === undefined) throw new Error(`${name} does not run`);
    this.paused.add(pid);
    process.kill(pid, 'SIGSTOP');
  }

  unfreeze(): void {
    for (const pid of this.paused) process.kill(pid, 'SIGCONT');
    this.paused.clear();
  }

  /** What keeps it from being ready; empty when nothing does. */
  problems(name: string): Promise<string[]> {
    return problemsOf(() => this.health(name));
  }

  /** Resolves to the milliseconds until all of them (everything unless told) were ready. */
  async untilReady(names: readonly string[] = this.names, timeout = 60_000): Promise<number> {
    const from = Date.now();
    await Promise.all(
      names.map((name) =>
        eventually(
          async () => {
            const problems = await this.problems(name);
            if (problems.length > 0) throw new Error(`${name} is not ready: ${problems.join(', ')}`);
          },
          { timeout, every: 50 },
        ),
      ),
    );
    return Date.now() - from;
  }

  private child(name: string): ManagedProcess {
    const child = this.processes.get(name);
    if (!child) throw new Error(`There is no ${name}`);
    return child;
  }

  private expectAnother(name: string, old: number): void {
    const now = this.pid(name);
    if (now === undefined || now === old) throw new Error(`${name} (${old}) has not been started again`);
  }

  private health(name: string): Health {
    const { nats, meilisearch, postgres } = this.engines;
    if (name === 'nats') return { url: `${nats.monitor}/healthz` };
    if (name === 'meilisearch') return { url: `${meilisearch.url}/version`, key: meilisearch.masterKey };
    if (name === 'postgres') return { database: postgres.url };
    return { url: `http://127.0.0.1:${this.internalPorts.get(name)}/health/ready` };
  }
}
