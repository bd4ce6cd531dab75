import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { erasureCompleted, type Party } from '#libs/contracts';
import { Outbox } from '#libs/messaging';

const EVERY_MS = 1000;

/**
 * Tells that an erasure is complete once it is: the copies are emptied, the search engine has dropped the documents, and words that nobody else uses
 * are no longer counted. Copies of the service may look side by side: the row is taken by one.
 */
@Injectable()
export class ErasureFinisher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Erasure');
  private timer?: NodeJS.Timeout;
  private running: Promise<void> | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.look()
        .catch((error: Error) => this.logger.warn(`Erasures wait for the next look: ${error.message}`))
        .finally(() => {
          this.running = undefined;
        });
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async look(): Promise<void> {
    const waiting = await this.db.query<unknown[]>('SELECT 1 FROM pending_erasure LIMIT 1');
    if (waiting.length === 0) return;
    // First the copies and the documents; from that moment on no word of theirs is counted any more.
    await this.db.query(
      `UPDATE pending_erasure e SET words_until = (SELECT last_value FROM frequency_change)
       WHERE words_until IS NULL AND NOT EXISTS (
         SELECT 1 FROM subject s
         WHERE ((s.id = e.id AND s.type = CASE e.kind WHEN 'firm' THEN 'company' ELSE 'expert' END)
             OR (e.kind = 'firm' AND s.type = 'opportunity' AND s.owner = e.id))
           AND (s.dirty_at IS NOT NULL OR s.features IS NOT NULL OR s.indexed_revision IS NOT NULL))`,
    );
    await this.db.transaction(async (manager) => {
      const [done] = await manager.query<[Party[], number]>(
        `DELETE FROM pending_erasure e WHERE words_until IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM frequency f WHERE f.holders <= 0 AND f.changed <= e.words_until)
         RETURNING kind, id`,
      );
      await this.outbox.addMany(
        manager,
        erasureCompleted.matching,
        done.map((party) => ({ aggregateId: party.id, data: party })),
      );
    });
  }
}
