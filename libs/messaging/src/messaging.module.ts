import { type DynamicModule, Module } from '@nestjs/common';
import { type ConnectOptions, connectNats } from './connection.js';
import { EventHandling } from './event-handling.js';
import { Housekeeping } from './housekeeping.js';
import { JetStreamStrategy } from './jetstream.strategy.js';
import { MessagingOptions, type MessagingTuning, Nats } from './nats.js';
import { Outbox } from './outbox.js';
import { MessagingReadiness } from './readiness.js';
import { Relay } from './relay.js';
import { RequeuedEvents } from './requeued-events.js';
import { StreamWatch } from './stream-watch.js';

export interface MessagingModuleOptions extends ConnectOptions {
  /** Default: the environment's `NATS_URL`. */
  natsUrl?: string;
  tuning?: MessagingTuning;
}

/** Outbox, relay, transport and dead letters of one service. Import it once, in the service's root module; it is global. */
@Module({})
export class MessagingModule {
  /** `service` is the name that owns events and durables. Needs the default DataSource of `@nestjs/typeorm`. */
  static forService(service: string, options: MessagingModuleOptions = {}): DynamicModule {
    const { natsUrl = process.env.NATS_URL ?? 'nats://127.0.0.1:4222', tuning, ...connect } = options;
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: MessagingOptions, useValue: new MessagingOptions(service, natsUrl, tuning) },
        { provide: Nats, useFactory: async () => new Nats(await connectNats(natsUrl, service, connect)) },
        Outbox,
        StreamWatch,
        Relay,
        EventHandling,
        JetStreamStrategy,
        RequeuedEvents,
        Housekeeping,
        MessagingReadiness,
      ],
      exports: [Nats, Outbox, JetStreamStrategy, MessagingReadiness],
    };
  }
}
