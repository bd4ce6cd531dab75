import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { EventContract } from '#libs/contracts';
import { type Delivery, readDelivery } from './delivery.js';
import { type EventHandler, EventHandling, type Outcome } from './event-handling.js';
import { EventQueue } from './event-queue.js';
import { metrics } from './metrics.js';
import { EventNats, MessagingOptions } from './nats.js';
import { type EventExtras, HandlerFailure, JETSTREAM } from './on-event.decorator.js';
import { isMissing } from './provision.js';
import { Rehearsal } from './rehearsal.js';
import { brings, CONSUMERS, describeDrift } from './topology.js';
import { Wake } from './wake.js';

const WORKING_MS = 10_000;
const PULL_MS = 5000;
const CLOSE_MS = 6000;
/** Also what a handler that takes many gets at most: the transaction of a backlog costs about the same for two hundred as for one. */
const MAX_BATCH = 200;

type Held = Delivery & { message: JsMsg };

/**
 * Brings JetStream's events to `@OnEvent` handlers. One durable pull consumer per stream; what is fetched is held here, reported as being worked on,
 * handed to the handlers through the queue, and acknowledged only after the transaction of its effect (or of its dead letter) is committed.
 */
@Injectable()
export class JetStreamStrategy extends Server implements CustomTransportStrategy, OnApplicationBootstrap {
  override readonly transportId = JETSTREAM;
  // Nest must not log and swallow a handler's failure: it decides whether the event comes again.
  override readonly propagatesEventHandlerErrors = true;

  private readonly handlers = new Map<string, EventHandler[]>();
  private readonly contracts = new Map<string, EventContract>();
  private readonly queue = new EventQueue<Held>((subject) => this.batchOf(subject));
  private readonly held = new Set<Held>();
  private readonly room = new Wake();
  private readonly fetches = new Set<ConsumerMessages>();
  private loops: Promise<void>[] = [];
  private pumping?: NodeJS.Immediate;
  private running = 0;
  private pausedUntil = 0;
  private closing = false;
  private listening = false;
  private bootstrapped = false;
  private working?: NodeJS.Timeout;
  private readonly rehearsal: Rehearsal;

  constructor(
    private readonly nats: EventNats,
    private readonly handling: EventHandling,
    private readonly options: MessagingOptions,
  ) {
    super();
    this.rehearsal = new Rehearsal(options.tuning.rehearsal);
  }

  /** Called by Nest for each handler of the application; those of other transports are none of ours. */
  override addHandler(
    _pattern: unknown,
    callback: MessageHandler,
    isEvent = false,
    extras: Record<string, unknown> = {},
  ): void {
    if (!isEvent || !extras.contract) return;
    const { contract, batch } = extras as unknown as EventExtras;
    const call: EventHandler['call'] = async (data, ctx) => {
      const result: unknown = await lastValueFrom(this.transformToObservable(await callback(data, ctx)), {
        defaultValue: undefined,
      });
      if (result instanceof HandlerFailure) throw result.error;
    };
    this.contracts.set(contract.subject, contract);
    this.handlers.set(contract.subject, [...(this.handlers.get(contract.subject) ?? []), { batch, call }]);
  }

  /** Checks the wiring. Missing streams and durables are waited for; settings that differ are refused. */
  listen(callback: (error?: unknown) => void): void {
    this.check()
      .then(() => {
        this.listening = true;
        this.begin();
      })
      .then(() => callback(), callback);
  }

  /** Nest may have us listen before the application's own start is over; no handler must run that early. */
  onApplicationBootstrap(): void {
    this.bootstrapped = true;
    this.begin();
  }

  async close(): Promise<void> {
    this.closing = true;
    this.room.wake();
    for (const fetch of this.fetches) fetch.stop();
    // What has not begun goes back at once, so that another copy need not wait for the end of the acknowledgement time.
    for (const held of this.queue.drain()) {
      held.message.nak();
      this.held.delete(held);
    }
    const end = Date.now() + CLOSE_MS;
    void Promise.allSettled(this.loops).then(() => {
      this.loops = [];
      this.room.wake();
    });
    // A broker that does not answer must not keep the service from ending; what was in hand comes again.
    while ((this.running > 0 || this.loops.length > 0) && Date.now() < end) await this.room.sleep(200);
    clearInterval(this.working);
  }

  on(): never {
    throw new Error('This transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.nats.connection as T;
  }

  /** The handlers and contracts of this service, for events that come from elsewhere than the stream (requeued dead letters). */
  handlersOf(subject: string): readonly EventHandler[] {
    return this.handlers.get(subject) ?? [];
  }

  get heard(): ReadonlyMap<string, EventContract> {
    return this.contracts;
  }

  private async check(): Promise<void> {
    for (const { owner, fact, subject } of this.contracts.values()) {
      const stream = owner.toUpperCase();
      if (!brings(this.options.service, stream, fact)) {
        throw new Error(
          `${this.options.service} handles ${subject} but has no consumer on ${stream} that brings it: add it in topology.ts`,
        );
      }
    }
    const drift = await this.nats.drift(this.options.service).catch(() => []);
    const differing = drift.filter((d) => d.setting);
    if (differing.length > 0)
      throw new Error(`JetStream is not set up as expected: ${differing.map(describeDrift).join('; ')}`);
  }

  private begin(): void {
    if (!this.listening || !this.bootstrapped || this.working) return;
    this.working = setInterval(() => {
      for (const held of this.held) held.message.working();
    }, WORKING_MS);
    this.loops = (CONSUMERS[this.options.service] ?? []).map((stream) => this.consume(stream));
  }

  /** Fetches for ever. Whatever goes wrong (no connection, no consumer yet, missed heartbeats) ends in another try. */
  private async consume(stream: string): Promise<void> {
    let trouble = '';
    while (!this.closing) {
      try {
        const consumer = await this.nats.jetstream().consumers.get(stream, this.options.service);
        trouble = '';
        while (!this.closing) {
          await this.waitForRoom();
          if (this.closing) return;
          const fetch = await consumer.fetch({ max_messages: this.prefetch, expires: PULL_MS });
          this.fetches.add(fetch);
          try {
            for await (const message of fetch) this.receive(stream, message);
          } finally {
            this.fetches.delete(fetch);
          }
        }
      } catch (error) {
        if (this.closing) return;
        const message = isMissing(error) ? 'it is missing' : (error as Error).message;
        if (message !== trouble) this.logger.warn(`Consumer ${this.options.service} on ${stream} waits: ${message}`);
        trouble = message;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  private get prefetch(): number {
    return this.options.tuning.prefetch ?? MAX_BATCH;
  }

  private async waitForRoom(): Promise<void> {
    while (!this.closing) {
      const paused = Date.now() < this.pausedUntil;
      if (!paused && this.held.size < this.prefetch) {
        // After an outage: fetching more before the database is back would only send it all back with ever longer pauses.
        if (this.pausedUntil === 0) return;
        if (await this.handling.databaseAnswers()) this.pausedUntil = 0;
        else this.pausedUntil = Date.now() + 500;
      } else await this.room.sleep(200);
    }
  }

  private receive(stream: string, message: JsMsg): void {
    if (this.closing) {
      message.nak();
      return;
    }
    if (message.redelivered) metrics.redelivered.inc({ service: this.options.service, stream });
    const { streamSequence, deliveryCount, timestampNanos } = message.info;
    const delivery = readDelivery(
      {
        place: `${stream}:${streamSequence}:${timestampNanos}`,
        subject: message.subject,
        messageId: message.headers?.get('Nats-Msg-Id'),
        raw: message.data,
        deliveries: deliveryCount,
      },
      this.contracts,
    );
    if (!delivery) return void message.ackAck().catch(() => {});
    const held = { ...delivery, message };
    this.held.add(held);
    this.queue.push(held);
    // What came in one piece is handled in one, not the first of it alone.
    this.pumping ??= setImmediate(() => {
      this.pumping = undefined;
      this.pump();
    });
  }

  private batchOf(subject: string): number {
    const handlers = this.handlers.get(subject);
    return handlers?.every((handler) => handler.batch) ? MAX_BATCH : 1;
  }

  private pump(): void {
    while (this.running < (this.options.tuning.concurrency ?? 4)) {
      const run = this.queue.take();
      if (!run) return;
      this.running++;
      void this.work(run).finally(() => {
        this.running--;
        this.queue.done(run);
        this.room.wake();
        this.pump();
      });
    }
  }

  private async work(run: Held[]): Promise<void> {
    const outcomes = await this.handling.handle(run, this.handlers.get(run[0]!.subject) ?? []);
    // What comes again is handled alone, each a run: dying of those would never end.
    if (!run[0]!.suspect) this.rehearsal.committed();
    for (const [i, held] of run.entries()) void this.answer(held, outcomes[i]!);
  }

  /** Tells the stream. When the answer does not arrive, the message comes again and the inbox knows it. */
  private async answer(held: Held, outcome: Outcome): Promise<void> {
    try {
      if (!outcome.settled) {
        if (outcome.transient) this.pausedUntil = Date.now() + Math.min(outcome.afterMs, 1000);
        held.message.nak(outcome.afterMs);
      } else if (outcome.dead) held.message.term();
      else await held.message.ackAck();
    } catch {
      // Not worth a word: see above.
    } finally {
      this.held.delete(held);
      this.room.wake();
    }
  }
}
