import type { NatsConnection } from '@nats-io/transport-node';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';

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
}

/** The service's one connection to NATS, and whether it stands at the moment. */
@Injectable()
export class Nats implements OnApplicationShutdown {
  connected = true;
  private readonly logger = new Logger('Nats');
  private readonly listeners: (() => void)[] = [];

  constructor(readonly connection: NatsConnection) {
    void this.follow();
  }

  /** Calls back after each time that a lost connection stands again. */
  onReconnect(listener: () => void): void {
    this.listeners.push(listener);
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
      } else if (status.type === 'error') {
        this.logger.warn(`NATS refused something: ${status.error.message}`);
      }
    }
    this.connected = false;
  }
}
