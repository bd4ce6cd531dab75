import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { AuditTrail } from './audit-trail.js';
import { EventHandling } from './event-handling.js';
import { Housekeeping } from './housekeeping.js';
import { JetStreamStrategy } from './jetstream.strategy.js';
import { EventNats, MessagingOptions, type MessagingTuning, NatsAccess } from './nats.js';
import { Outbox } from './outbox.js';
import { MessagingReadiness } from './readiness.js';
import { Relay } from './relay.js';
import { RequeuedEvents } from './requeued-events.js';
import { StreamWatch } from './stream-watch.js';

export interface MessagingModuleOptions {
  /** Where NATS is. Without it the application provides `NatsAccess` globally. */
  natsUrl?: string;
  tuning?: MessagingTuning;
}

/** Outbox, relay, transport and dead letters of one service. Import it once, in the service's root module; it is global. */
@Module({})
export class MessagingModule {
  /** `service` is the name that owns events and durables. Needs the default DataSource of `@nestjs/typeorm`. */
  static forService(service: string, options: MessagingModuleOptions = {}): DynamicModule {
    const { natsUrl, tuning } = options;
    const access: Provider[] = natsUrl ? [{ provide: NatsAccess, useValue: new NatsAccess(natsUrl) }] : [];
    return {
      module: MessagingModule,
      global: true,
      providers: [
        ...access,
        { provide: EventNats, useFactory: (nats: NatsAccess) => nats.forEvents(service), inject: [NatsAccess] },
        {
          provide: MessagingOptions,
          useFactory: (nats: NatsAccess) => new MessagingOptions(service, { ...nats.tuning, ...tuning }),
          inject: [NatsAccess],
        },
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
      exports: [Outbox, JetStreamStrategy, MessagingReadiness],
    };
  }
}
