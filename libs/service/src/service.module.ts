import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { connectNats, Nats } from '#libs/messaging';
import type { BaseConfig } from './config.js';
import { Readiness } from './readiness.js';
import { RpcClient } from './rpc.client.js';

/** What every service has: one connection to NATS, a client for requests, a readiness report. Starting waits for NATS as long as it takes. */
@Global()
@Module({})
export class ServiceModule implements OnModuleInit {
  constructor(
    private readonly nats: Nats,
    private readonly readiness: Readiness,
  ) {}

  static forRoot(name: string, config: Pick<BaseConfig, 'NATS_URL'>): DynamicModule {
    const nats = {
      provide: Nats,
      useFactory: async () => new Nats(await connectNats(config.NATS_URL, name)),
    };
    return { module: ServiceModule, providers: [nats, Readiness, RpcClient], exports: [nats, Readiness, RpcClient] };
  }

  onModuleInit(): void {
    this.readiness.add('nats', () => (this.nats.connected ? [] : ['not connected']));
  }
}
