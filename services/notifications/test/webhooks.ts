import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type Actor, type RpcContract, webhooksRpc } from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { Nats } from '#libs/messaging';
import { Clock, RpcClient } from '#libs/service';
import { eventually, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { Channels } from '../src/channel/channels.js';
import { dataSourceOptions } from '../src/data-source.js';
import type { NoticeKind } from '../src/notice/notice.entity.js';
import { tell } from '../src/notice/tell.js';
import { asking } from './neighbours.js';
import { type Running, running } from './running.js';

/** A message as it arrived. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver on loopback. It answers what `status` says for a path, and keeps what it got; a path in `silent` gets no answer. */
class Receiver {
  readonly got: Received[] = [];
  readonly status = new Map<string, number>();
  readonly silent = new Set<string>();
  readonly server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      this.got.push({ path, headers: request.headers, body });
      if (!this.silent.has(path)) response.writeHead(this.status.get(path) ?? 204).end();
    });
  });

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }
  at(path: string): Received[] {
    return this.got.filter((one) => one.path === path);
  }
  ids(path: string): string[] {
    return this.at(path).map((one) => String(one.headers['webhook-id']));
  }
  /** Answers whoever waits. */
  release(path: string): void {
    this.silent.delete(path);
    this.server.closeAllConnections();
  }
}

/** The service with a receiver beside it, for the tests of one file. Each test has a path of its own. */
export function webhookStage() {
  let nats: NatsServer;
  let database: TestDatabase;
  let receiver: Receiver;
  let service: Running;
  let rpc: RpcClient;
  let clock: Clock;
  let path: string;
  let paths = 0;

  const call = <K extends keyof typeof webhooksRpc>(
    what: K,
    actor: Actor,
    data: z.input<(typeof webhooksRpc)[K]['request']>,
  ) => {
    const contract: RpcContract = webhooksRpc[what];
    return rpc.call(contract, data, asking(actor)) as Promise<z.output<(typeof webhooksRpc)[K]['response']>>;
  };
  const someone = (kind: 'firm' | 'expert' = 'expert') => ({ kind, id: uuidv7() }) as const;
  const hook = (actor: Actor, more: { kinds?: NoticeKind[]; path?: string } = {}) =>
    call('create', actor, { url: receiver.url(more.path ?? path), ...(more.kinds && { kinds: more.kinds }) });
  /** Something happens that somebody is told of. */
  const happens = async (recipient: { kind: 'firm' | 'expert'; id: string }, kind: NoticeKind = 'suggested') => {
    const [aboutId, opportunityId] = [uuidv7(), uuidv7()];
    const news = { recipient, kind, aboutId, opportunityId, suggestionId: kind === 'suggested' ? aboutId : null };
    const names = service.app.get(Channels).names;
    await service.app.get(DataSource).transaction((manager) => tell(manager, [news], names, clock.now()));
    return news;
  };
  const deliveries = async (actor: Actor, id: string) => (await call('deliveries', actor, { id, limit: 100 })).items;
  const arrived = (count: number, where = path) =>
    eventually(() => {
      expect(receiver.at(where)).toHaveLength(count);
      return receiver.at(where);
    });
  /** Its only message has failed, and waits for its next attempt. */
  const waiting = (actor: Actor, id: string) =>
    eventually(async () => {
      const [only, ...others] = await deliveries(actor, id);
      expect([only?.state, only?.lastError, others]).toEqual(['pending', expect.any(String), []]);
      return only!;
    });
  /** What was posted is written down as well. */
  const settled = (actor: Actor, id: string, state: string, count = 1) =>
    eventually(async () => {
      const found = (await deliveries(actor, id)).filter((one) => one.state === state);
      expect(found).toHaveLength(count);
      return found;
    });

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.server.address() as AddressInfo;
    service = await running(database.url, nats.url, { WEBHOOK_ALLOW_PRIVATE: 'true', WEBHOOK_PORTS: String(port) });
    rpc = new RpcClient(new Nats(service.nc));
    clock = service.app.get(Clock);
  });
  beforeEach(() => {
    path = `/hook-${++paths}`;
  });
  afterEach(async () => {
    for (const where of [...receiver.silent]) receiver.release(where);
    // Endpoints of the platform hear what every test tells.
    await service.query(`DELETE FROM webhook WHERE owner_kind = 'platform'`);
  });
  afterAll(async () => {
    await service?.stop();
    receiver?.server.closeAllConnections();
    receiver?.server.close();
    await nats?.stop();
    await database?.drop();
  });
  return {
    call,
    someone,
    hook,
    happens,
    deliveries,
    arrived,
    settled,
    waiting,
    get service() {
      return service;
    },
    get receiver() {
      return receiver;
    },
    get clock() {
      return clock;
    },
    get path() {
      return path;
    },
  };
}
