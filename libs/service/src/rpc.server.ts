import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { headers } from '@nats-io/transport-node';
import { ServerNats } from '@nestjs/microservices';
import { PART_HEADER } from './reply-inbox.js';

/** Room that a message's headers and protocol line take of the server's max_payload. */
const OVERHEAD = 1024;
/** What a running request may take to finish when the service stops. */
const FINISH_MS = 8000;
/** What NATS may take to answer while the service stops: where it is away, or silent, nothing more comes from there. */
const FAREWELL_MS = 2000;

interface Reply {
  err?: unknown;
  response?: unknown;
  isDisposed?: boolean;
  status?: string;
}

/**
 * Nest's NATS transport on the service's one connection, with two differences: on close it finishes the requests that run and no longer waits than
 * they do, and an answer larger than a NATS message goes out in parts.
 */
export class RpcServer extends ServerNats {
  private readonly subscribed: Subscription[] = [];
  private running = 0;
  private onIdle?: () => void;

  constructor(
    private readonly connection: NatsConnection,
    private readonly queue: string,
  ) {
    super({ queue });
  }

  override createNatsClient(): Promise<NatsConnection> {
    return Promise.resolve(this.connection);
  }

  override bindEvents(): void {
    for (const [subject, handler] of this.messageHandlers) {
      if (handler.isEventHandler) continue;
      this.subscribed.push(
        this.connection.subscribe(subject, {
          queue: this.queue,
          callback: (error, message) => void this.receive(subject, error, message),
        }),
      );
    }
  }

  // The connection's owner watches it and says in the log when it is lost.
  override async handleStatusUpdates(): Promise<void> {}

  override getPublisher(message: Msg, id: string) {
    return (reply: Reply): void => {
      if (reply.isDisposed || reply.status === 'error') this.finished();
      if (message.reply) this.respond(message, { ...reply, id });
    };
  }

  override async close(): Promise<void> {
    // Draining delivers what the server already sent here; new requests go to the other members of the queue group.
    await within(FAREWELL_MS, Promise.allSettled(this.subscribed.map((subscription) => subscription.drain())));
    if (this.running > 0) {
      await within(
        FINISH_MS,
        new Promise<void>((resolve) => {
          this.onIdle = resolve;
        }),
      );
    }
    await within(FAREWELL_MS, this.connection.flush());
  }

  private async receive(subject: string, error: Error | null, message: Msg): Promise<void> {
    if (error) return this.logger.warn(`${subject}: ${error.message}`);
    this.running++;
    try {
      await this.handleMessage(subject, message);
    } catch (failure) {
      this.finished();
      this.logger.error(`${subject} could not be handled`, failure);
    }
  }

  private finished(): void {
    this.running--;
    if (this.running <= 0) this.onIdle?.();
  }

  private respond(message: Msg, reply: Reply & { id: string }): void {
    const bytes = new TextEncoder().encode(JSON.stringify(reply));
    const room = (this.connection.info?.max_payload ?? 256 * 1024) - OVERHEAD;
    if (bytes.length <= room) {
      message.respond(bytes);
      return;
    }
    const parts = Math.ceil(bytes.length / room);
    for (let part = 0; part < parts; part++) {
      const head = headers();
      head.set(PART_HEADER, `${part + 1}/${parts}`);
      message.respond(bytes.subarray(part * room, (part + 1) * room), { headers: head });
    }
  }
}

/** Waits for the end of something, whatever it is, and no longer than so many milliseconds. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
