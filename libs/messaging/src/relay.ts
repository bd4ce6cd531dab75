import { randomUUID } from 'node:crypto';
import type { PubAck } from '@nats-io/jetstream';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntitySubscriberInterface, type QueryRunner } from 'typeorm';
import { metrics } from './metrics.js';
import { EventNats, MessagingOptions } from './nats.js';
import { StreamWatch } from './stream-watch.js';
import { Wake } from './wake.js';

const CLAIM = 256;
/** Batches in hand at the same time: while the stream writes one, the one before is marked and the next is claimed. */
const IN_FLIGHT = 2;
/** Longer than the slowest publication, so that a claim ends only when its owner is gone. */
const LEASE_MS = 15_000;
const PUBLISH_TIMEOUT_MS = 5000;
const POLL_MS = 500;

interface Claimed {
  id: string;
  subject: string;
  envelope: string;
}

/**
 * Publishes what the outbox holds. Any number of copies may run: each claims rows that nobody else holds, for a limited time and under a token,
 * so that neither a crash nor a late answer loses or overwrites anything. A row that was published twice has the same message id both times.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Relay');
  private readonly wakeUp = new Wake();
  private running?: Promise<void>;
  private stopping = false;
  private troubled = false;
  private lastTrouble = '';

  constructor(
    private readonly dataSource: DataSource,
    private readonly nats: EventNats,
    private readonly watch: StreamWatch,
    private readonly options: MessagingOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.dataSource.subscribers.push(new OutboxWaker(() => this.wake()));
    this.nats.onReconnect(() => this.wake());
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  /** Looks into the outbox now rather than at the next poll. */
  wake(): void {
    this.wakeUp.wake();
  }

  private async run(): Promise<void> {
    const inFlight = new Set<Promise<void>>();
    while (!this.stopping) {
      let more = false;
      try {
        if (this.nats.connected) {
          // What is acknowledged but not yet marked would escape the check.
          if (this.watch.isDue) await Promise.all(inFlight);
          await this.watch.checkNowAndThen();
          const token = randomUUID();
          const claimed = await this.claim(token);
          more = claimed.length === CLAIM;
          const batch = this.publish(token, claimed)
            .catch((error: Error) => this.noteTrouble(error))
            .finally(() => inFlight.delete(batch));
          inFlight.add(batch);
          if (!more) await Promise.all(inFlight);
          else if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
        }
        if (!this.troubled) this.lastTrouble = '';
      } catch (error) {
        this.noteTrouble(error as Error);
      }
      if (!more || this.troubled) {
        this.troubled = false;
        await this.wakeUp.sleep(POLL_MS);
      }
    }
    await Promise.all(inFlight);
  }

  private noteTrouble({ message }: Error): void {
    this.troubled = true;
    if (message !== this.lastTrouble && !this.stopping) this.logger.warn(`Events wait in the outbox: ${message}`);
    this.lastTrouble = message;
  }

  /** Publishes a claimed batch. Rejects when something could not be published; it stays in the outbox. */
  private async publish(token: string, claimed: readonly Claimed[]): Promise<void> {
    if (claimed.length === 0) return;
    // Whatever is published from here on gets a higher sequence, also beside other batches.
    const highest = this.watch.highest;
    const js = this.nats.jetstream();
    const outcomes = await Promise.allSettled(
      claimed.map((row) =>
        js.publish(row.subject, row.envelope, {
          msgID: row.id,
          expect: { streamName: this.watch.stream },
          timeout: PUBLISH_TIMEOUT_MS,
        }),
      ),
    );
    const sent: { id: string; ack: PubAck }[] = [];
    const failed: string[] = [];
    let error: Error | undefined;
    outcomes.forEach((outcome, i) => {
      const { id } = claimed[i]!;
      if (outcome.status === 'fulfilled') sent.push({ id, ack: outcome.value });
      else {
        failed.push(id);
        error = outcome.reason as Error;
      }
    });
    await this.markSent(token, sent);
    metrics.published.inc({ service: this.options.service }, sent.length);
    if (sent.length > 0) metrics.lastPublish.setToCurrentTime({ service: this.options.service });
    this.watch.noteAcks(
      highest,
      sent.map((s) => s.ack),
    );
    if (error) {
      await this.release(token, failed);
      this.watch.suspect();
      throw error;
    }
  }

  private async claim(token: string): Promise<Claimed[]> {
    const [rows] = await this.dataSource.query<[Claimed[], number]>(
      `UPDATE outbox o SET claim_token = $1, claimed_until = now() + $2 * interval '1 millisecond'
       FROM (SELECT id FROM outbox WHERE sent_at IS NULL AND (claimed_until IS NULL OR claimed_until < now())
             ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED) free
       WHERE o.id = free.id RETURNING o.id, o.subject, o.envelope::text AS envelope`,
      [token, LEASE_MS, CLAIM],
    );
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The token fences: whoever lost the claim in the meantime changes nothing. */
  private async markSent(token: string, sent: { id: string; ack: PubAck }[]): Promise<void> {
    if (sent.length === 0) return;
    await this.dataSource.query(
      `UPDATE outbox o SET sent_at = now(), stream_seq = s.seq, claimed_until = NULL, claim_token = NULL
       FROM unnest($1::uuid[], $2::bigint[]) AS s (id, seq) WHERE o.id = s.id AND o.claim_token = $3`,
      [sent.map((s) => s.id), sent.map((s) => s.ack.seq), token],
    );
  }

  private async release(token: string, ids: string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE outbox SET claimed_until = NULL, claim_token = NULL WHERE id = ANY ($1::uuid[]) AND claim_token = $2`,
      [ids, token],
    );
  }
}

/** Wakes the relay after the commit of a transaction that wrote to the outbox, so that nobody waits for the poll. */
class OutboxWaker implements EntitySubscriberInterface {
  constructor(private readonly wake: () => void) {}

  afterTransactionCommit({ queryRunner }: { queryRunner: QueryRunner }): void {
    // The end of an inner transaction is announced as well, but commits nothing yet.
    if (!queryRunner.data.outboxFilled || queryRunner.isTransactionActive) return;
    queryRunner.data.outboxFilled = false;
    this.wake();
  }
}
