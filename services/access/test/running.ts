import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type Actor,
  accessRpc,
  type CallContext,
  companiesRpc,
  type EventContract,
  expertsRpc,
  exportRpc,
  identifiedRpc,
  type Party,
  type Problem,
  type ProblemCode,
  type RpcContract,
} from '#libs/contracts';
import { connectNats, Nats, provisionStreams } from '#libs/messaging';
import { Clock, RpcClient, readConfig, Sweeper, startService } from '#libs/service';
import { templateDatabase, testNats } from '#libs/testing';
import { AppModule } from '../src/app.module.js';
import { configSchema } from '../src/config.js';
import { dataSourceOptions } from '../src/data-source.js';

type Contracts = typeof accessRpc;
type In<T extends keyof Contracts> = z.input<Contracts[T]['request']>;
type Out<T extends keyof Contracts> = z.output<Contracts[T]['response']>;

/** Who asks: an actor, and the person behind it where there is one. */
export type Asker = Actor | { actor: Actor; person: string };

/** The service on real engines. The owners of records are played; all firms and people are invented. */
export interface Running {
  clock: Clock;
  db: DataSource;
  /** Places of the firms and experts that exist. */
  places: Map<string, { country: string; territory: string | null }>;
  /** Which firms carry an identifier. */
  identifiers: Map<string, string[]>;
  /** Resolves with the id of a new firm in Lecco. */
  firm(): string;
  expert(): string;
  /** A person who has signed in; at first they are nobody. */
  person(): Promise<Asker & { person: string }>;
  ask<T extends keyof Contracts>(as: Asker, what: T, request: In<T>, more?: Partial<CallContext>): Promise<Out<T>>;
  refused<T extends keyof Contracts>(as: Asker, what: T, request: In<T>): Promise<ProblemCode | 'done'>;
  publish<T extends z.ZodType>(contract: EventContract<T>, aggregateId: string, data: z.input<T>): Promise<void>;
  /** Deletes what is old enough; resolves with the number of rows. */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

export const ADMIN: Actor = { kind: 'admin' };
export const PLATFORM: Actor = { kind: 'service', name: 'gateway' };
export const owner = (id: string): Actor => ({ kind: 'firm', id, role: 'owner' });
export const editor = (id: string): Actor => ({ kind: 'firm', id, role: 'editor' });
export const coordinator = (...territories: string[]): Actor => ({ kind: 'coordinator', territories });

export async function running(): Promise<Running> {
  const [database, server] = await Promise.all([templateDatabase('access', dataSourceOptions('')), testNats()]);
  const nc = await connectNats(server.url, 'test');
  await provisionStreams(nc);
  const places: Running['places'] = new Map();
  const identifiers: Running['identifiers'] = new Map();
  play(nc, places, identifiers);
  const given = { DATABASE_URL: database.url, NATS_URL: server.url, LOG_LEVEL: 'silent' };
  const service = await startService('access', AppModule, readConfig(configSchema, given));
  // What the service has subscribed to is known to the server once this has been there and back.
  await service.app.get(Nats, { strict: false }).connection.flush();
  const rpc = new RpcClient(new Nats(nc));
  const add = () => {
    const id = uuidv7();
    places.set(id, { country: 'IT', territory: 'ITC43' });
    return id;
  };
  const ask: Running['ask'] = (as, what, request, more = {}) => {
    const [actor, subject] = 'actor' in as ? [as.actor, as.person] : [as, undefined];
    const ctx = { actor, lang: 'it' as const, requestId: 'test', ...(subject && { subject }), ...more };
    return rpc.call(accessRpc[what] as RpcContract, request, ctx) as never;
  };
  return {
    clock: service.app.get(Clock, { strict: false }),
    db: service.app.get(DataSource),
    places,
    identifiers,
    firm: add,
    expert: add,
    async person() {
      const { person } = await ask(PLATFORM, 'identify', { issuer: 'https://id.example', subject: uuidv7() });
      return { actor: { kind: 'account', id: person, scopes: [] }, person };
    },
    ask,
    refused: (as, what, request) =>
      ask(as, what, request).then(
        () => 'done' as const,
        (error: Problem) => error.code,
      ),
    async publish(contract, aggregateId, data) {
      const id = uuidv7();
      const envelope = {
        specversion: '1.0',
        id,
        source: `ceresio/${contract.owner}`,
        type: contract.type,
        subject: aggregateId,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        data,
      };
      await jetstream(nc).publish(`${contract.subject}.${aggregateId}`, JSON.stringify(envelope), { msgID: id });
    },
    sweep: () => service.app.get(Sweeper).sweep(),
    async stop() {
      await service.stop();
      await nc.close();
      await Promise.all([database.drop(), server.stop()]);
    },
  };
}

function play(nc: NatsConnection, places: Running['places'], identifiers: Running['identifiers']): void {
  const answer = <Req>(contract: RpcContract, give: (request: Req) => unknown) =>
    nc.subscribe(contract.subject, {
      callback: (_, message) => {
        const { data } = message.json<{ data: { data: Req } }>().data;
        message.respond(JSON.stringify({ response: give(data), isDisposed: true, id: '1' }));
      },
    });
  const cards = ({ ids }: { ids: string[] }) => ({
    items: ids.flatMap((id) => (places.has(id) ? [{ id, name: 'Inventata', ...places.get(id) }] : [])),
    rest: [],
  });
  answer(companiesRpc.cards, cards);
  answer(expertsRpc.facts, cards);
  answer(identifiedRpc, ({ value }: { value: string }) => ({ ids: identifiers.get(value) ?? [] }));
  for (const contract of Object.values(exportRpc))
    answer(contract, ({ id }: Party) => ({ table: [{ id, from: contract.subject }] }));
}
