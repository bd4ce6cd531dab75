import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { type ConnectOptions, connectNats } from './connection.js';
import { AuditTrail } from './audit-trail.js';
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
  /** Makes a connection of its own. Without it the application provides `Nats` globally. */
  natsUrl?: string;
  tuning?: MessagingTuning;
}

/** Outbox, relay, transport and dead letters of one service. Import it once, in the service's root module; it is global. */
@Module({})
export class MessagingModule {
  /** `service` is the name that owns events and durables. Needs the default DataSource of `@nestjs/typeorm`. */
  static forService(service: string, options: MessagingModuleOptions = {}): DynamicModule {
    const { natsUrl, tuning, ...connect } = options;
    const nats: Provider[] = natsUrl
      ? [{ provide: Nats, useFactory: async () => new Nats(await connectNats(natsUrl, service, connect)) }]
      : [];
    return {
      module: MessagingModule,
      global: true,
      providers: [
        ...nats,
        { provide: MessagingOptions, useValue: new MessagingOptions(service, tuning) },
        Outbox,
        AuditTrail,
        StreamWatch,
        Relay,
        EventHandling,
        JetStreamStrategy,
        RequeuedEvents,
        Housekeeping,
        MessagingReadiness,
      ],
      exports: [...nats, Outbox, JetStreamStrategy, MessagingReadiness],
    };
  }
}
