import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { Nats, NatsAccess, retryDelay } from '#libs/messaging';
import { Clock } from './clock.js';
import type { BaseConfig } from './config.js';
import { Readiness } from './readiness.js';
import { RpcClient } from './rpc.client.js';
import { RpcServer } from './rpc.server.js';

/**
 * What every service has: a connection to NATS for requests, a client to send them, a server to answer them, a readiness report.
 * Starting waits for NATS as long as it takes.
 */
@Global()
@Module({})
export class ServiceModule implements OnModuleInit {
  constructor(
    private readonly nats: Nats,
    private readonly readiness: Readiness,
  ) {}

  /** `name` is the queue group that shares the service's requests among its copies. */
  static forRoot(name: string, config: Pick<BaseConfig, 'NATS_URL'> & Partial<BaseConfig>): DynamicModule {
    const { EVENT_RETRY_MS, CRASH_BEFORE_ACK, CRASH_ON_AGGREGATE } = config;
    const access = new NatsAccess(
      config.NATS_URL,
      { seed: config.NATS_NKEY_SEED, eventsSeed: config.NATS_EVENTS_NKEY_SEED, caFile: config.NATS_CA },
      {
        retryDelay: (n) => retryDelay(n, EVENT_RETRY_MS),
        rehearsal: { crashBeforeAck: CRASH_BEFORE_ACK, crashOnAggregate: CRASH_ON_AGGREGATE },
      },
    );
    return {
      module: ServiceModule,
      providers: [
        { provide: NatsAccess, useValue: access },
        { provide: Nats, useFactory: () => access.forRequests(name) },
        { provide: RpcServer, useFactory: (nats: Nats) => new RpcServer(nats.connection, name), inject: [Nats] },
        { provide: Clock, useFactory: () => new Clock(config.CLOCK_AHEAD_MS) },
        Readiness,
        RpcClient,
      ],
      exports: [Clock, Nats, NatsAccess, Readiness, RpcClient, RpcServer],
    };
  }

  onModuleInit(): void {
    this.readiness.add('nats', () => (this.nats.connected ? [] : ['not connected']));
  }
}
