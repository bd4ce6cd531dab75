import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { streamOf } from '#libs/contracts';
import { metrics } from './metrics.js';
import { EventNats, MessagingOptions } from './nats.js';
import { type Retention, sweep } from './retention.js';
import { CONSUMERS, ownerOf } from './topology.js';

const MEASURE_MS = 5000;
const SWEEP_MS = 3_600_000;

/** How long rows are kept, and why they may go. */
const RETENTION: readonly Retention[] = [
  // Longer than any stream keeps its messages, so that a lost stream can be filled again.
  { table: 'outbox', age: 'sent_at', days: 30 },
  // Longer than any stream or outbox could bring an event again.
  { table: 'inbox', age: 'handled_at', days: 60 },
  { table: 'idempotency', age: 'created_at', days: 7 },
  { table: 'delivery_attempt', age: 'last_at', days: 60 },
  // What could be handled after all is no case any more; what was done about it is kept longer than the message.
  { table: 'dead_letter', age: 'resolved_at', days: 90 },
  { table: 'dead_letter_audit', age: 'at', days: 365 },
];

/** Keeps the messaging tables small and the gauges fresh. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Housekeeping');
  private readonly timers: NodeJS.Timeout[] = [];
  private measuring?: Promise<void>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly nats: EventNats,
    private readonly options: MessagingOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.beginCounting();
    this.timers.push(
      setInterval(() => {
        // An outage shows elsewhere; a gauge that stays as it was does no harm.
        this.measuring ??= this.measure().finally(() => {
          this.measuring = undefined;
        });
      }, MEASURE_MS),
      setInterval(
        () => void this.sweep().catch((error: Error) => this.logger.warn(`Sweeping waits: ${error.message}`)),
        SWEEP_MS,
      ),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.measuring;
  }

  /** Deletes what is old enough; answers with the number of rows. */
  sweep(): Promise<number> {
    return sweep(this.dataSource, RETENTION, new Date());
  }

  // A counter that appears with its first event hides that event from whoever compares two readings.
  private beginCounting(): void {
    const { service } = this.options;
    metrics.published.inc({ service }, 0);
    metrics.handled.inc({ service }, 0);
    for (const stream of CONSUMERS[service] ?? []) metrics.redelivered.inc({ service, stream }, 0);
  }

  // Each for itself: what one engine cannot tell at the moment must not hide what the other one can.
  private async measure(): Promise<void> {
    await Promise.allSettled([this.measureTables(), this.measureConsumers(), this.measureStream()]);
  }

  private async measureTables(): Promise<void> {
    const { service } = this.options;
    const [outbox] = await this.dataSource.query<{ unsent: number; age: number | null }[]>(
      `SELECT count(*)::int AS unsent, extract(epoch FROM now() - min(created_at))::float AS age FROM outbox WHERE sent_at IS NULL`,
    );
    metrics.outboxUnsent.set({ service }, outbox!.unsent);
    metrics.outboxOldest.set({ service }, outbox!.age ?? 0);
    const [dead] = await this.dataSource.query<{ open: number }[]>(
      `SELECT count(*)::int AS open FROM dead_letter WHERE resolved_at IS NULL AND requeued_at IS NULL`,
    );
    metrics.deadLetters.set({ service }, dead!.open);
  }

  private async measureConsumers(): Promise<void> {
    if (!this.nats.connected) return;
    const { service } = this.options;
    const jsm = await this.nats.manager();
    for (const stream of CONSUMERS[service] ?? []) {
      const info = await jsm.consumers.info(stream, service);
      metrics.consumerPending.set({ service, stream }, info.num_pending + info.num_ack_pending);
    }
  }

  private async measureStream(): Promise<void> {
    if (!this.nats.connected) return;
    const stream = streamOf(ownerOf(this.options.service));
    const { state, config } = await (await this.nats.manager()).streams.info(stream);
    if (config.max_bytes > 0) metrics.streamFill.set({ stream }, state.bytes / config.max_bytes);
  }
}
