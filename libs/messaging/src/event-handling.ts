import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Delivery } from './delivery.js';
import { isTransient, MAX_ATTEMPTS, PermanentError, retryDelay, shortError } from './failure.js';
import { metrics } from './metrics.js';
import { MessagingOptions } from './nats.js';
import type { EventBatchContext, EventContext } from './on-event.decorator.js';
import { Rehearsal } from './rehearsal.js';

/** One handler of an event: `call` takes data and context, both for many events when `batch`. */
export interface EventHandler {
  batch: boolean;
  call(data: unknown, ctx: EventContext | EventBatchContext): Promise<void>;
}

/** What is to be told to the stream: settled (handled, or a dead letter that is committed), or to be brought again after a pause. */
export type Outcome = { settled: true; dead: boolean } | { settled: false; afterMs: number; transient: boolean };

const HANDLED: Outcome = { settled: true, dead: false };
const DEAD: Outcome = { settled: true, dead: true };

/** Handles events in the consumer's database: inbox and effect in one transaction, attempts counted, dead letters kept. Knows nothing of NATS. */
@Injectable()
export class EventHandling {
  private readonly logger = new Logger('Events');
  private readonly delay: (n: number) => number;
  private readonly consumer: string;
  private readonly rehearsal: Rehearsal;
  /** Starts that ended in an outage before they could be struck off again: the next start of the event stands for them. */
  private readonly openStarts = new Set<string>();

  constructor(
    private readonly dataSource: DataSource,
    options: MessagingOptions,
  ) {
    this.consumer = options.service;
    this.rehearsal = new Rehearsal(options.tuning.rehearsal);
    this.delay = options.tuning.retryDelay ?? retryDelay;
  }

  /** Handles a run of events of one kind; answers for each, in order. Never throws. */
  async handle(run: readonly Delivery[], handlers: readonly EventHandler[]): Promise<Outcome[]> {
    const readable = run.filter((delivery) => !delivery.unreadable);
    if (readable.length === run.length && run.length > 1) {
      try {
        this.count(await this.dataSource.transaction((manager) => this.effect(manager, run, handlers)));
        return run.map(() => HANDLED);
      } catch (error) {
        if (isTransient(error)) return run.map((delivery) => this.later(delivery, error));
        // One of them is the cause: one by one, each answers for itself.
      }
    }
    const outcomes: Outcome[] = [];
    for (const delivery of run) outcomes.push(await this.handleOne(delivery, handlers));
    return outcomes;
  }

  /** Writes the inbox rows and runs the handlers for the events that were not there yet; answers how many. Part of the caller's transaction. */
  async effect(manager: EntityManager, run: readonly Delivery[], handlers: readonly EventHandler[]): Promise<number> {
    const rows = await manager.query<{ event_id: string }[]>(
      `INSERT INTO inbox (event_id, consumer) SELECT id, $2 FROM unnest($1::uuid[]) AS e (id) ORDER BY id ON CONFLICT DO NOTHING RETURNING event_id`,
      [run.map((delivery) => delivery.eventId), this.consumer],
    );
    // Only what the database itself says it inserted counts.
    const inserted = new Set(rows.map((row) => row.event_id));
    const fresh = run.filter((delivery) => inserted.delete(delivery.eventId));
    if (fresh.length === 0) return 0;
    this.rehearsal.begins(fresh);
    for (const handler of handlers) {
      if (handler.batch) {
        await handler.call(
          fresh.map((d) => d.data),
          { envelopes: fresh.map((d) => d.envelope!), manager },
        );
      } else {
        for (const delivery of fresh) await handler.call(delivery.data, { envelope: delivery.envelope!, manager });
      }
    }
    return fresh.length;
  }

  /** Keeps an event as a dead letter and closes its inbox. Part of the caller's transaction. */
  async bury(
    manager: EntityManager,
    delivery: Delivery,
    reason: string,
    error: string,
    attempts: number,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO dead_letter (event_id, consumer, subject, raw, reason, error, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [delivery.eventId, this.consumer, delivery.fullSubject, Buffer.from(delivery.raw), reason, error, attempts],
    );
    await manager.query(`INSERT INTO inbox (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      delivery.eventId,
      this.consumer,
    ]);
    await manager.query(`DELETE FROM delivery_attempt WHERE event_id = $1 AND consumer = $2`, [
      delivery.eventId,
      this.consumer,
    ]);
    this.logger.error(`Event ${delivery.eventId} (${delivery.subject}) is a dead letter, ${reason}: ${error}`);
  }

  /** Whether handling has a chance at all. */
  databaseAnswers(): Promise<boolean> {
    return this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  private async handleOne(delivery: Delivery, handlers: readonly EventHandler[]): Promise<Outcome> {
    try {
      if (delivery.unreadable) return await this.give(delivery, 'unreadable', delivery.unreadable, 0);
      if (delivery.suspect) {
        const starts = await this.begin(delivery.eventId);
        if (starts === 'handled') return HANDLED;
        // The first delivery began without being counted, so this would be start number nine.
        if (starts > MAX_ATTEMPTS - 1) {
          return await this.give(
            delivery,
            'quarantined',
            `its handling began ${MAX_ATTEMPTS} times and never finished`,
            MAX_ATTEMPTS,
          );
        }
      }
      const fresh = await this.dataSource.transaction(async (manager) => {
        const count = await this.effect(manager, [delivery], handlers);
        if (delivery.suspect) {
          await manager.query(`DELETE FROM delivery_attempt WHERE event_id = $1 AND consumer = $2`, [
            delivery.eventId,
            this.consumer,
          ]);
        }
        return count;
      });
      this.count(fresh);
      this.openStarts.delete(delivery.eventId);
      return HANDLED;
    } catch (error) {
      return this.failed(delivery, error);
    }
  }

  // Only after the commit: what was rolled back was not handled.
  private count(handled: number): void {
    metrics.handled.inc({ service: this.consumer }, handled);
  }

  /** Counts a start, committed before the handler runs, since a handler that kills the process leaves no other trace. */
  private async begin(eventId: string): Promise<number | 'handled'> {
    const [known] = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM inbox WHERE event_id = $1 AND consumer = $2`,
      [eventId, this.consumer],
    );
    if (known) return 'handled';
    const one = this.openStarts.delete(eventId) ? 0 : 1;
    const [row] = await this.dataSource.query<{ starts: number }[]>(
      `INSERT INTO delivery_attempt (event_id, consumer, starts) VALUES ($1, $2, 1)
       ON CONFLICT (event_id, consumer) DO UPDATE SET starts = delivery_attempt.starts + $3, last_at = now() RETURNING starts`,
      [eventId, this.consumer, one],
    );
    return row!.starts;
  }

  private async failed(delivery: Delivery, error: unknown): Promise<Outcome> {
    try {
      if (isTransient(error)) {
        if (delivery.suspect) await this.strikeOff(delivery.eventId);
        return this.later(delivery, error);
      }
      if (error instanceof PermanentError) return await this.give(delivery, 'permanent', shortError(error), 1);
      return await this.dataSource.transaction(async (manager): Promise<Outcome> => {
        const [row] = await manager.query<{ attempts: number }[]>(
          `INSERT INTO delivery_attempt (event_id, consumer, attempts) VALUES ($1, $2, 1)
           ON CONFLICT (event_id, consumer) DO UPDATE
           SET attempts = delivery_attempt.attempts + 1, starts = greatest(delivery_attempt.starts - 1, 0), last_at = now() RETURNING attempts`,
          [delivery.eventId, this.consumer],
        );
        const attempts = row!.attempts;
        if (attempts >= MAX_ATTEMPTS) {
          await this.bury(manager, delivery, 'failed', shortError(error), attempts);
          return DEAD;
        }
        this.logger.warn(
          `Event ${delivery.eventId} (${delivery.subject}) failed, attempt ${attempts}: ${shortError(error)}`,
        );
        return { settled: false, afterMs: this.delay(attempts), transient: false };
      });
    } catch (outage) {
      if (delivery.suspect) this.openStarts.add(delivery.eventId);
      return this.later(delivery, outage);
    }
  }

  /** A start that ended without an effect but did end. */
  private async strikeOff(eventId: string): Promise<void> {
    await this.dataSource.query(
      `UPDATE delivery_attempt SET starts = greatest(starts - 1, 0) WHERE event_id = $1 AND consumer = $2`,
      [eventId, this.consumer],
    );
  }

  private async give(delivery: Delivery, reason: string, error: string, attempts: number): Promise<Outcome> {
    await this.dataSource.transaction((manager) => this.bury(manager, delivery, reason, error, attempts));
    return DEAD;
  }

  private later(delivery: Delivery, error: unknown): Outcome {
    this.logger.warn(`Event ${delivery.eventId} (${delivery.subject}) waits: ${shortError(error)}`);
    return { settled: false, afterMs: this.delay(delivery.deliveries), transient: true };
  }
}
