import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { type Actor, type Lang, type Notice, notificationsRpc, type RpcContract } from '#libs/contracts';
import { CONSUMERS, connectNats, Nats, provisionStreams } from '#libs/messaging';
import { RpcClient, readConfig, startService } from '#libs/service';
import { AppModule } from '../src/app.module.js';
import { configSchema } from '../src/config.js';
import { asking, Neighbours } from './neighbours.js';

type InboxPage = z.output<typeof notificationsRpc.inbox.response>;

type Change = { id: string; revision: number } & z.input<typeof notificationsRpc.update.request>['change'];

/** The service on real engines, with neighbours that are played. */
export interface Running {
  app: INestApplication;
  nc: NatsConnection;
  neighbours: Neighbours;
  inbox(actor: Actor, query?: Partial<z.input<typeof notificationsRpc.inbox.request>>, lang?: Lang): Promise<InboxPage>;
  update(actor: Actor, change: Change): Promise<Notice>;
  /** Any request to the service. */
  call<Req extends z.ZodType, Res extends z.ZodType>(
    contract: RpcContract<Req, Res>,
    data: z.input<Req>,
    actor: Actor,
    lang?: Lang,
  ): Promise<z.output<Res>>;
  /** Resolves when every event published so far has had its effect; rejects while it has not. */
  settled(): Promise<void>;
  query<T>(sql: string, parameters?: unknown[]): Promise<T[]>;
  stop(): Promise<void>;
}

export async function running(
  databaseUrl: string,
  natsUrl: string,
  env: Record<string, string> = {},
): Promise<Running> {
  const nc = await connectNats(natsUrl, 'test');
  await provisionStreams(nc);
  const neighbours = new Neighbours(nc);
  const config = readConfig(configSchema, {
    DATABASE_URL: databaseUrl,
    NATS_URL: natsUrl,
    LOG_LEVEL: 'silent',
    // Tests run at any hour.
    QUIET_HOURS: 'off',
    ...env,
  });
  const service = await startService('notifications', AppModule, config);
  const rpc = new RpcClient(new Nats(nc));
  return {
    app: service.app,
    nc,
    neighbours,
    inbox: (actor, query = {}, lang = 'it') => rpc.call(notificationsRpc.inbox, query, asking(actor, lang)),
    update: (actor, { id, revision, ...change }) =>
      rpc.call(notificationsRpc.update, { id, revision, change }, asking(actor)),
    call: (contract, data, actor, lang = 'it') => rpc.call(contract, data, asking(actor, lang)),
    async settled() {
      const manager = await jetstreamManager(nc);
      for (const stream of CONSUMERS.notifications ?? []) {
        const { num_pending, num_ack_pending } = await manager.consumers.info(stream, 'notifications');
        if (num_pending + num_ack_pending > 0) throw new Error(`${stream} has events that are not handled yet`);
      }
    },
    query: (sql, parameters) => service.app.get(DataSource).query(sql, parameters),
    async stop() {
      await service.stop();
      await nc.close();
    },
  };
}
