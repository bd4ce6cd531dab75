import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Meilisearch } from 'meilisearch';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  type Actor,
  type Lang,
  type MatchAnswer,
  type MatchRequest,
  matchingRpc,
  type RpcContract,
  type Suggestion,
} from '#libs/contracts';
import { CONSUMERS, connectNats, Nats, provisionStreams } from '#libs/messaging';
import { RpcClient, readConfig, startService } from '#libs/service';
import { templateDatabase, testMeili, testNats } from '#libs/testing';
import { AppModule } from '../src/app.module.js';
import { configSchema } from '../src/config.js';
import { dataSourceOptions } from '../src/data-source.js';
import { Owners } from './owners.js';

export const COORDINATOR: Actor = { kind: 'coordinator', territories: ['*'] };

type ListRequest = z.input<typeof matchingRpc.suggestions.request>;

/** Matching on real engines, with owners that are played. */
export interface Running {
  owners: Owners;
  match(request: Partial<z.input<typeof matchingRpc.match.request>>, actor?: Actor, lang?: Lang): Promise<MatchAnswer>;
  call<Req extends z.ZodType, Res extends z.ZodType>(
    contract: RpcContract<Req, Res>,
    data: z.input<Req>,
    actor?: Actor,
    lang?: Lang,
  ): Promise<z.output<Res>>;
  suggestions(request: ListRequest, actor?: Actor, lang?: Lang): Promise<Suggestion[]>;
  /** Rejects while an event is not handled, a row not indexed, or an opportunity not matched. */
  settled(): Promise<void>;
  query<T>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** Types and data of the events that matching has published. */
  published(): Promise<{ type: string; data: Record<string, unknown> }[]>;
  /** Ids that the search engine holds in one of the indexes, in order. */
  indexed(name: 'experts' | 'companies' | 'opportunities'): Promise<string[]>;
  meili: Meilisearch;
  meiliUrl: string;
  prefix: string;
  /** Stops the service alone, as a stopped process would be; `start` begins another one on the same data. */
  stopService(): Promise<void>;
  start(env?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

export async function running(): Promise<Running> {
  const [database, server] = await Promise.all([templateDatabase('matching', dataSourceOptions('')), testNats()]);
  const search = testMeili();
  const nc = await connectNats(server.url, 'test');
  await provisionStreams(nc);
  const owners = new Owners(nc);
  const rpc = new RpcClient(new Nats(nc));
  const meili = new Meilisearch({ host: search.url, apiKey: search.masterKey });
  const database2 = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  const query = <T>(sql: string, parameters?: unknown[]): Promise<T[]> => database2.query(sql, parameters);
  let service: Awaited<ReturnType<typeof startService>> | undefined;
  const call: Running['call'] = (contract, data, actor = COORDINATOR, lang = 'it') =>
    rpc.call(contract, data, { actor, lang, requestId: 'test' }, { timeoutMs: 30_000 });
  const self: Running = {
    owners,
    call,
    meili,
    meiliUrl: search.url,
    prefix: search.prefix,
    query,
    match: (request, actor, lang) =>
      call(matchingRpc.match, { seek: 'experts', ...request } as MatchRequest, actor, lang),
    suggestions: async (request, actor, lang) => (await call(matchingRpc.suggestions, request, actor, lang)).items,
    async settled() {
      const manager = await jetstreamManager(nc);
      for (const stream of CONSUMERS.matching ?? []) {
        const { num_pending, num_ack_pending } = await manager.consumers.info(stream, 'matching');
        if (num_pending + num_ack_pending > 0) throw new Error(`${stream} has events that are not handled yet`);
      }
      const lag = await call(matchingRpc.lag, {});
      if (lag.dirty + lag.unmatched + lag.unseen > 0) throw new Error(`Not settled: ${JSON.stringify(lag)}`);
    },
    async published() {
      const info = await (await jetstreamManager(nc)).streams.info('MATCHING');
      const consumer = await jetstream(nc).consumers.get('MATCHING');
      const events: { type: string; data: Record<string, unknown> }[] = [];
      while (events.length < info.state.messages) events.push((await consumer.next())!.json());
      return events;
    },
    async indexed(name) {
      const found = await meili.index(`${search.prefix}${name}`).getDocuments({ limit: 10_000, fields: ['id'] });
      return found.results.map((one) => String(one.id)).sort();
    },
    async stopService() {
      await service?.stop();
      service = undefined;
    },
    async start(env = {}) {
      const config = readConfig(configSchema, {
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        NATS_URL: server.url,
        DATABASE_URL: database.url,
        MEILI_URL: search.url,
        MEILI_INDEX_KEY: search.indexKey,
        MEILI_SEARCH_KEY: search.searchKey,
        MEILI_PREFIX: search.prefix,
        ...env,
      });
      service = await startService('matching', AppModule, config);
    },
    async stop() {
      await self.stopService();
      await nc.close();
      await database2.destroy();
      await Promise.all([database.drop(), server.stop(), search.drop()]);
    },
  };
  await self.start();
  return self;
}
