import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  type Actor,
  type CallContext,
  cooperationRpc,
  type Interest,
  type InterestFacts,
  type Problem,
  type ProblemCode,
  type RpcContract,
} from '#libs/contracts';
import { CONSUMERS, connectNats, Nats, provisionStreams } from '#libs/messaging';
import { Clock, RpcClient, readConfig, startService } from '#libs/service';
import { templateDatabase, testNats } from '#libs/testing';
import { AppModule } from '../src/app.module.js';
import { configSchema } from '../src/config.js';
import { dataSourceOptions } from '../src/data-source.js';
import { DeadlineService } from '../src/deadline/deadline.service.js';
import { Neighbours } from './neighbours.js';

type Rpc = typeof cooperationRpc;
type In<T extends keyof Rpc> = z.input<Rpc[T]['request']>;

/** The service on real engines, with neighbours that are played. */
export interface Running {
  neighbours: Neighbours;
  clock: Clock;
  /** One request as somebody. */
  ask<T extends keyof Rpc>(
    as: Actor,
    what: T,
    request: In<T>,
    more?: Partial<CallContext>,
  ): Promise<z.output<Rpc[T]['response']>>;
  /** The code with which it is refused. */
  refused<T extends keyof Rpc>(as: Actor, what: T, request: In<T>): Promise<ProblemCode | 'done'>;
  facts(id: string): Promise<InterestFacts>;
  /** Does what is due by the service's clock. */
  dueNow(): Promise<void>;
  /** Events that the service told of an aggregate, oldest first. */
  told(aggregateId: string): Promise<{ type: string; data: Record<string, unknown> }[]>;
  /** Resolves when every event published so far has had its effect; rejects while it has not. */
  settled(): Promise<void>;
  /** One of the service's own parts, for what no request can ask of it. */
  provided<T>(part: Type<T>): T;
  query<T>(sql: string, parameters?: unknown[]): Promise<T[]>;
  stop(): Promise<void>;
}

export async function running(env: Record<string, string> = {}): Promise<Running> {
  const [database, server] = await Promise.all([templateDatabase('cooperation', dataSourceOptions('')), testNats()]);
  const nc: NatsConnection = await connectNats(server.url, 'test');
  await provisionStreams(nc);
  const neighbours = new Neighbours(nc);
  const given = { DATABASE_URL: database.url, NATS_URL: server.url, LOG_LEVEL: 'silent', ...env };
  const service = await startService('cooperation', AppModule, readConfig(configSchema, given));
  const rpc = new RpcClient(new Nats(nc));
  const db = service.app.get(DataSource);
  const clock = service.app.get(Clock, { strict: false });
  const ask: Running['ask'] = (as, what, request, more = {}) =>
    rpc.call(cooperationRpc[what] as RpcContract, request, contextOf(as, more)) as never;
  return {
    neighbours,
    clock,
    ask,
    refused: (as, what, request) =>
      ask(as, what, request).then(
        () => 'done' as const,
        (error: Problem) => error.code,
      ),
    facts: async (id) => {
      const { items } = await ask({ kind: 'service', name: 'notifications' }, 'facts', { ids: [id] });
      return items[0]!;
    },
    dueNow: () => service.app.get(DeadlineService).run(clock.now()),
    told: (aggregateId) =>
      db.query(`SELECT type, envelope->'data' AS data FROM outbox WHERE aggregate_id = $1 ORDER BY id`, [aggregateId]),
    async settled() {
      const manager = await jetstreamManager(nc);
      for (const stream of CONSUMERS.cooperation ?? []) {
        const { num_pending, num_ack_pending } = await manager.consumers.info(stream, 'cooperation');
        if (num_pending + num_ack_pending > 0) throw new Error(`${stream} has events that are not handled yet`);
      }
    },
    provided: (part) => service.app.get(part, { strict: false }),
    query: (sql, parameters) => db.query(sql, parameters),
    async stop() {
      await service.stop();
      await nc.close();
      await Promise.all([database.drop(), server.stop()]);
    },
  };
}

/** A firm that asks an expert who was suggested for its need. */
export async function asking(
  { neighbours, ask }: Running,
  more: { firm?: string; need?: string; expert?: string; note?: string; anonymous?: boolean } = {},
): Promise<{
  firm: Actor & { id: string };
  expert: Actor & { id: string };
  need: string;
  suggestionId: string;
  interest: Interest;
}> {
  const firmId = more.firm ?? neighbours.firm();
  const expertId = more.expert ?? neighbours.expert();
  const anonymous = more.anonymous ?? false;
  const need = more.need ?? neighbours.need(firmId, { anonymous });
  const suggestionId = neighbours.suggest(need, expertId, { anonymous });
  const firm = { kind: 'firm' as const, id: firmId };
  const interest = await ask(firm, 'express', { suggestionId, ...(more.note ? { note: more.note } : {}) });
  return { firm, expert: { kind: 'expert', id: expertId }, need, suggestionId, interest };
}

function contextOf(actor: Actor, more: Partial<CallContext>): CallContext {
  return { actor, lang: 'it', requestId: 'test', ...more };
}
