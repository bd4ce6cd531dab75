import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Frequencies } from './frequencies.js';
import { countsSince, forgetUnused } from './frequency.store.js';

const POLL_MS = 1000;
/** After so many looks every copy of the service has seen that a word is gone. */
const FORGET_AFTER = 5;

/** Keeps the frequencies in memory as the database has them: all of them at the start, then what has changed. */
@Injectable()
export class FrequencyService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly current = new Frequencies();
  private readonly logger = new Logger(FrequencyService.name);
  private readonly stopper = new AbortController();
  private running: Promise<void> | undefined;
  private newest = 0n;
  private refreshing: Promise<void> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
    this.running = this.follow();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopper.abort();
    await this.running;
  }

  /** Reads what has changed since the last time. One reading follows the other: an older one must not overwrite what a newer one found. */
  refresh(): Promise<void> {
    const next = this.refreshing.catch(() => undefined).then(() => this.read());
    this.refreshing = next;
    return next;
  }

  // The indexer alone writes, one transaction after the other, so nothing appears late behind what was read.
  private async read(): Promise<void> {
    const { counts, newest } = await countsSince(this.dataSource.manager, this.newest);
    this.current.apply(counts);
    this.newest = newest;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopper;
    for (let looks = 1, seen = 0n; !signal.aborted; looks++) {
      await pause(POLL_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.refresh();
        if (looks % FORGET_AFTER > 0) continue;
        await forgetUnused(this.dataSource.manager, seen);
        seen = this.newest;
      } catch (error) {
        this.logger.warn(`Counts cannot be read: ${String(error)}`);
      }
    }
  }
}
