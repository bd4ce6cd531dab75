import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/** Another process took over: what this one still has in hand must not be written. */
export class LeaseLost extends Error {}

/** That this process is the one that does a kind of work. `guard` is called inside each transaction that writes for it. */
export interface Hold {
  guard(manager: EntityManager): Promise<void>;
}

const ASK_AGAIN_MS = 1000;
const PAUSE_MAX_MS = 5000;

/**
 * Lets one process at a time do a kind of work. The lock belongs to a database connection, so it falls the moment its holder dies; a holder that was
 * merely cut off finds its fence outdated and cannot write any more.
 */
export class Lease {
  private readonly logger: Logger;
  private readonly stopper = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly name: string,
  ) {
    this.logger = new Logger(`Lease of ${name}`);
  }

  /** Becomes aborted when the work must end. */
  get signal(): AbortSignal {
    return this.stopper.signal;
  }

  /** Calls `work` whenever this process holds the lease and the work ended or failed, until `stop`. */
  start(work: (hold: Hold) => Promise<void>): void {
    this.running ??= this.keep(work);
  }

  async stop(): Promise<void> {
    this.stopper.abort();
    await this.running;
  }

  private async keep(work: (hold: Hold) => Promise<void>): Promise<void> {
    for (let failures = 0; !this.signal.aborted; ) {
      let wait = ASK_AGAIN_MS;
      try {
        if (await this.once(work)) failures = 0;
      } catch (error) {
        wait = Math.min(100 * 2 ** failures++, PAUSE_MAX_MS);
        // An absent engine is no news to a person; the pause grows and the work goes on where it stood.
        this.logger.warn(`Interrupted: ${error instanceof Error ? error.message : String(error)}`);
      }
      await pause(wait, undefined, { signal: this.signal }).catch(() => undefined);
    }
  }

  private async once(work: (hold: Hold) => Promise<void>): Promise<boolean> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const fence = await this.acquire(runner);
      if (fence === undefined) return false;
      await work({ guard: (manager) => this.check(manager, fence) });
      return true;
    } finally {
      // Unlocked explicitly: the connection goes back to the pool and lives on.
      await runner.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
      await runner.release().catch(() => undefined);
    }
  }

  private async acquire(runner: QueryRunner): Promise<string | undefined> {
    const locks: { got: boolean }[] = await runner.query(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS got',
      [this.name],
    );
    if (!locks[0]?.got) return undefined;
    const fences: { fence: string }[] = await runner.query(
      `INSERT INTO lease (name, fence) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET fence = lease.fence + 1 RETURNING fence`,
      [this.name],
    );
    return fences[0]?.fence;
  }

  private async check(manager: EntityManager, fence: string): Promise<void> {
    const rows = await manager.query<unknown[]>('SELECT 1 FROM lease WHERE name = $1 AND fence = $2 FOR SHARE', [
      this.name,
      fence,
    ]);
    if (rows.length === 0) throw new LeaseLost(`${this.name} is done by another process now`);
  }
}
