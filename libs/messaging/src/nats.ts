import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { PermissionViolationError } from '@nats-io/transport-node';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { connectNats } from './connection.js';
import { metrics } from './metrics.js';
import { DEFAULT_API, EVENTS_API, eventsUser } from './permissions.js';
import { checkTopology } from './provision.js';
import type { RehearsalPlan } from './rehearsal.js';
import type { Drift } from './topology.js';

/** Names this service and its settings to everything in the messaging module. */
export class MessagingOptions {
  constructor(
    readonly service: string,
    readonly tuning: MessagingTuning = {},
  ) {}
}

export interface MessagingTuning {
  /** Handlers at work at the same time; each has a database connection for its transaction. Default 4. */
  concurrency?: number;
  /** Messages asked for at once. Default 50. */
  prefetch?: number;
  /** Pause before the n-th (1, 2, …) repetition of a failed handling, in milliseconds. Default: 1 s doubled each time, at most 60 s. */
  retryDelay?: (n: number) => number;
  rehearsal?: RehearsalPlan;
}

/** The connection by which a service asks and answers, and whether it stands at the moment. */
@Injectable()
export class Nats implements OnApplicationShutdown {
  connected = true;
  private readonly logger = new Logger('Nats');
  private readonly listeners: (() => void)[] = [];
  private readonly waiting = new Set<() => void>();

  constructor(readonly connection: NatsConnection) {
    void this.follow();
  }

  /** Calls back after each time that a lost connection stands again. */
  onReconnect(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Whether the connection stands, now or within so many milliseconds. */
  async standing(withinMs: number): Promise<boolean> {
    if (this.connected || withinMs <= 0 || this.connection.isClosed()) return this.connected;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(end);
        resolve(this.connected);
      };
      const timer = setTimeout(end, withinMs);
      this.waiting.add(end);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }

  private async follow(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') {
        if (this.connected && !this.connection.isClosed()) this.logger.warn('NATS is away; events wait in the outbox');
        this.connected = false;
      } else if (status.type === 'reconnect') {
        this.connected = true;
        this.logger.log('NATS is back');
        for (const listener of this.listeners) listener();
        for (const end of this.waiting) end();
      } else if (status.type === 'error') {
        if (status.error instanceof PermissionViolationError) metrics.permissionViolations.inc();
        this.logger.warn(`NATS refused something: ${status.error.message}`);
      }
    }
    this.connected = false;
    for (const end of this.waiting) end();
  }
}

/** The connection by which a service publishes and hears events: its credential reaches streams, that of requests does not. */
@Injectable()
export class EventNats extends Nats {
  constructor(
    connection: NatsConnection,
    private readonly apiPrefix = DEFAULT_API,
  ) {
    super(connection);
  }

  jetstream(): JetStreamClient {
    return jetstream(this.connection, { apiPrefix: this.apiPrefix });
  }

  /** What is missing or differs of the service's own stream and durables. */
  drift(service: string): Promise<Drift[]> {
    return checkTopology(this.connection, { service, apiPrefix: this.apiPrefix });
  }

  manager(): Promise<JetStreamManager> {
    return jetstreamManager(this.connection, { apiPrefix: this.apiPrefix, checkAPI: false });
  }
}

/** How a service reaches NATS: an NKEY for requests and one for events, or for both the credentials of the URL. */
export class NatsAccess {
  constructor(
    readonly url: string,
    private readonly keys: { seed?: string; eventsSeed?: string; caFile?: string } = {},
    /** What the environment says of how events are handled. */
    readonly tuning: MessagingTuning = {},
  ) {}

  async forRequests(service: string): Promise<Nats> {
    const { seed, caFile } = this.keys;
    return new Nats(await connectNats(this.url, service, { seed, caFile }));
  }

  async forEvents(service: string): Promise<EventNats> {
    const { eventsSeed, caFile } = this.keys;
    const connection = await connectNats(this.url, eventsUser(service), { seed: eventsSeed, caFile });
    return new EventNats(connection, eventsSeed ? EVENTS_API : undefined);
  }
}
