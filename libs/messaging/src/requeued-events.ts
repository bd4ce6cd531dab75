import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { auditDeadLetter, LOST } from './dead-letters.js';
import { readDelivery } from './delivery.js';
import { EventHandling } from './event-handling.js';
import { isTransient, shortError } from './failure.js';
import { JetStreamStrategy } from './jetstream.strategy.js';
import { MessagingOptions } from './nats.js';
import { Wake } from './wake.js';

const POLL_MS = 1000;

interface Requeued {
  event_id: string;
  subject: string;
  raw: Buffer;
  requeued_by: string;
}

/** Handles the dead letters that somebody requeued. One try each: what fails again is a dead letter again, with its new error. */
@Injectable()
export class RequeuedEvents implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('DeadLetters');
  private readonly pause = new Wake();
  private stopping = false;
  private running?: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly handling: EventHandling,
    private readonly strategy: JetStreamStrategy,
    private readonly options: MessagingOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.pause.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      // An outage: the next round will tell.
      const again = await this.next().catch(() => false);
      if (!again) await this.pause.sleep(POLL_MS);
    }
  }

  /** Handles one; false when there is none, or when the moment is bad. */
  private async next(): Promise<boolean> {
    await this.giveUpTheUnfinished();
    const row = await this.claim();
    if (!row) return false;
    try {
      await this.handle(row);
      return true;
    } catch (error) {
      if (isTransient(error)) {
        await this.dataSource.query(
          `UPDATE dead_letter SET begun_at = NULL WHERE event_id = $1 AND consumer = $2`,
          this.key(row),
        );
        return false;
      }
      await this.backToDead(row, shortError(error));
      return true;
    }
  }

  private async handle(row: Requeued): Promise<void> {
    const delivery = readDelivery(
      { place: row.event_id, subject: row.subject, messageId: row.event_id, raw: row.raw, deliveries: 2 },
      this.strategy.heard,
    );
    if (!delivery) throw new Error('no handler hears this event any more');
    if (delivery.unreadable) throw new Error(delivery.unreadable);
    await this.dataSource.transaction(async (manager) => {
      await this.handling.effect(
        manager,
        [{ ...delivery, eventId: row.event_id }],
        this.strategy.handlersOf(delivery.subject),
      );
      // What merely had not arrived was no dead letter.
      await manager.query(
        `DELETE FROM dead_letter WHERE event_id = $1 AND consumer = $2 AND reason = '${LOST}'`,
        this.key(row),
      );
      await manager.query(
        `UPDATE dead_letter SET resolved_at = now() WHERE event_id = $1 AND consumer = $2`,
        this.key(row),
      );
      await auditDeadLetter(manager, row.event_id, this.options.service, 'handled', row.requeued_by);
    });
    this.logger.log(`Event ${row.event_id} was handled after all`);
  }

  /** Marked as begun, and committed, before the handler runs: one that kills the process must not do so for ever. */
  private async claim(): Promise<Requeued | undefined> {
    const [rows] = await this.dataSource.query<[Requeued[], number]>(
      `UPDATE dead_letter d SET begun_at = now() FROM
         (SELECT event_id FROM dead_letter WHERE consumer = $1 AND requeued_at IS NOT NULL AND resolved_at IS NULL AND begun_at IS NULL
          ORDER BY requeued_at, event_id LIMIT 1 FOR UPDATE SKIP LOCKED) free
       WHERE d.event_id = free.event_id AND d.consumer = $1 RETURNING d.event_id, d.subject, d.raw, d.requeued_by`,
      [this.options.service],
    );
    return rows[0];
  }

  private async giveUpTheUnfinished(): Promise<void> {
    const rows = await this.dataSource.query<Requeued[]>(
      `SELECT event_id, subject, requeued_by FROM dead_letter
       WHERE consumer = $1 AND requeued_at IS NOT NULL AND resolved_at IS NULL AND begun_at < now() - interval '5 minutes'`,
      [this.options.service],
    );
    for (const row of rows) await this.backToDead(row, 'its handling began and never finished');
  }

  private async backToDead(row: Requeued, error: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `UPDATE dead_letter SET requeued_at = NULL, begun_at = NULL, dead_at = now(), error = $3, attempts = attempts + 1
         WHERE event_id = $1 AND consumer = $2`,
        [...this.key(row), error],
      );
      await manager.query(
        `INSERT INTO inbox (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
        this.key(row),
      );
      await auditDeadLetter(manager, row.event_id, this.options.service, 'failed again', row.requeued_by);
    });
    this.logger.error(`Dead letter ${row.event_id} failed again: ${error}`);
  }

  private key(row: Requeued): [string, string] {
    return [row.event_id, this.options.service];
  }
}
