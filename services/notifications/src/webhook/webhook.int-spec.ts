import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type Actor, expertErased, type RpcContract, webhookMessageSchema, webhooksRpc } from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { Nats } from '#libs/messaging';
import { Clock, RpcClient } from '#libs/service';
import { eventually, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { asking } from '../../test/neighbours.js';
import { type Running, running } from '../../test/running.js';
import { Channels } from '../channel/channels.js';
import { dataSourceOptions } from '../data-source.js';
import type { NoticeKind } from '../notice/notice.entity.js';
import { callOff, forget, tell } from '../notice/tell.js';
import { WebhookSender } from './webhook-sender.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Received {
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

describe('A webhook', () => {
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

  describe('brings notices', () => {
    it('as ids and codes, signed so that a receiver of Standard Webhooks can tell who sent them', async () => {
      const expert = someone();
      const { secret } = await hook(expert);
      const news = await happens(expert);
      const [message] = await arrived(1);
      const body = new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>);
      const { data, type } = webhookMessageSchema.strict().parse(body);
      expect(type).toBe('notice.suggested');
      expect(data).toEqual({
        id: expect.any(String),
        kind: 'suggested',
        refs: { opportunityId: news.opportunityId, suggestionId: news.suggestionId },
        recipient: expert,
        createdAt: expect.any(String),
      });
      const { items } = await service.inbox(expert);
      expect(items.map(({ id }) => id)).toEqual([data.id]);
      expect(message!.headers['content-type']).toBe('application/json');
      for (const altered of [`${message!.body} `, message!.body.replace('suggested', 'suggestex')]) {
        expect(() => new Webhook(secret).verify(altered, message!.headers as Record<string, string>)).toThrow();
      }
    });

    it('to each of the owner’s endpoints once, of the kinds it asked for', async () => {
      const firm = someone('firm');
      await hook(firm);
      await hook(firm, { path: `${path}/ready`, kinds: ['suggestions-ready'] });
      await happens(firm, 'suggested');
      await happens(firm, 'suggestions-ready');
      await arrived(2);
      await arrived(1, `${path}/ready`);
      expect(receiver.at(`${path}/ready`)[0]!.body).toContain('notice.suggestions-ready');
    });

    it('of everybody to the platform’s own, and to nobody else those of others', async () => {
      const [one, other] = [someone(), someone()];
      await hook(one);
      await hook({ kind: 'coordinator', territories: ['*'] }, { path: `${path}/all` });
      await happens(one);
      await happens(other);
      const all = await arrived(2, `${path}/all`);
      expect(all.map(({ body }) => JSON.parse(body).data.recipient.id).sort()).toEqual([one.id, other.id].sort());
      expect(await arrived(1)).toHaveLength(1);
    });

    it('with two signatures for a day after its secret was changed', async () => {
      const expert = someone();
      const { id, secret: old } = await hook(expert);
      const { secret, previousSecretUntil } = await call('rotate', expert, { id });
      expect(Date.parse(previousSecretUntil ?? '') - clock.now().getTime()).toBeGreaterThan(23 * HOUR_MS);
      await happens(expert);
      const [message] = await arrived(1);
      const verify = (key: string, { body, headers }: Received) =>
        new Webhook(key).verify(body, headers as Record<string, string>);
      expect([verify(old, message!), verify(secret, message!)]).toHaveLength(2);
      await service.query(`UPDATE webhook SET previous_until = $2 WHERE id = $1`, [id, clock.now()]);
      await happens(expert);
      const [, later] = await arrived(2);
      expect(verify(secret, later!)).toBeDefined();
      expect(() => verify(old, later!)).toThrow();
      expect((await call('get', expert, { id })).previousSecretUntil).toBeNull();
    });

    it('not once their cause was called off, nor after their owner was erased', async () => {
      const expert = someone();
      const { id } = await hook(expert);
      receiver.status.set(path, 500);
      const news = await happens(expert);
      await arrived(1);
      await settled(expert, id, 'pending');
      const source = service.app.get(DataSource);
      await source.transaction((manager) => callOff(manager, 'suggested', [news.aboutId], clock.now()));
      clock.advance(HOUR_MS);
      service.app.get(WebhookSender).wake();
      expect(await settled(expert, id, 'cancelled')).toMatchObject([{ lastError: 'called-off', attempts: 2 }]);
      await source.transaction((manager) => forget(manager, 'expert', expert.id, clock.now()));
      await expect(call('get', expert, { id })).rejects.toMatchObject({ code: 'not-found' });
      await expect(hook(expert)).rejects.toMatchObject({ code: 'forbidden' });
      expect(receiver.at(path)).toHaveLength(1);
    });

    it('never of those who are erased by an event', async () => {
      const expert = someone();
      const { id } = await hook(expert);
      await service.neighbours.publish(expertErased, expert.id, { expertId: expert.id, revision: 9 });
      await eventually(async () =>
        expect(await service.query('SELECT id FROM webhook WHERE id = $1', [id])).toEqual([]),
      );
    });
  });

  describe('that fails', () => {
    it('is tried again under the same id, after pauses that grow, until it succeeds', async () => {
      const expert = someone();
      const { id } = await hook(expert);
      receiver.status.set(path, 503);
      await happens(expert);
      await arrived(1);
      const [first] = await settled(expert, id, 'pending');
      expect(first).toMatchObject({ attempts: 1, lastError: 'HTTP 503' });
      const pause = () => Date.parse(first!.nextAt!) - clock.now().getTime();
      expect(pause()).toBeLessThanOrEqual(6000);
      clock.advance(10_000);
      service.app.get(WebhookSender).wake();
      await arrived(2);
      const [second] = await eventually(async () => {
        const found = await deliveries(expert, id);
        expect(found).toMatchObject([{ attempts: 2, state: 'pending' }]);
        return found;
      });
      expect(Date.parse(second!.nextAt!) - clock.now().getTime()).toBeGreaterThan(50_000);
      expect(await call('get', expert, { id })).toMatchObject({ failures: 2, state: 'enabled' });
      receiver.status.delete(path);
      clock.advance(75_000);
      service.app.get(WebhookSender).wake();
      await settled(expert, id, 'sent');
      expect(new Set(receiver.ids(path))).toEqual(new Set([first!.id]));
      expect(receiver.at(path)).toHaveLength(3);
      expect(await call('get', expert, { id })).toMatchObject({ failures: 0, lastSentAt: expect.any(String) });
    });

    it('is left alone for a while, so that a hundred waiting messages are not a hundred failures', async () => {
      const expert = someone();
      const { id } = await hook(expert);
      receiver.status.set(path, 500);
      await happens(expert);
      await settled(expert, id, 'pending');
      clock.advance(10_000);
      service.app.get(WebhookSender).wake();
      await arrived(2);
      await eventually(async () => expect((await call('get', expert, { id })).failures).toBe(2));
      for (let n = 0; n < 20; n++) await happens(expert);
      await settled(expert, id, 'pending', 21);
      service.app.get(WebhookSender).wake();
      // Heard by another endpoint, so a look for what is due has been taken since.
      const other = someone();
      await hook(other, { path: `${path}/other` });
      await happens(other);
      await arrived(1, `${path}/other`);
      expect(receiver.at(path)).toHaveLength(2);
    });

    it('does not hold up the others', async () => {
      const slow = someone();
      const quick = someone();
      const { id } = await hook(slow, { path: `${path}/slow` });
      receiver.silent.add(`${path}/slow`);
      await hook(quick);
      for (let n = 0; n < 20; n++) await happens(slow);
      await arrived(2, `${path}/slow`);
      for (let n = 0; n < 20; n++) await happens(quick);
      await arrived(20);
      expect(receiver.at(`${path}/slow`)).toHaveLength(2);
      receiver.release(`${path}/slow`);
      await call('remove', slow, { id });
    });

    it('is switched off at once when it answers 410, and its owner is told', async () => {
      const expert = someone();
      const { id } = await hook(expert);
      const second = await hook(expert, { path: `${path}/other` });
      receiver.status.set(path, 410);
      await happens(expert);
      await eventually(async () =>
        expect(await call('get', expert, { id })).toMatchObject({ state: 'disabled', disabledBecause: 'gone' }),
      );
      const { items } = await service.inbox(expert);
      expect(items.map(({ kind, refs }) => [kind, refs.webhookId])).toContainEqual(['webhook-disabled', id]);
      // The other endpoint hears of it as of any notice.
      const heard = await arrived(2, `${path}/other`);
      const told = heard.map(({ body }) => JSON.parse(body)).find(({ type }) => type === 'notice.webhook-disabled');
      expect(told.data.refs).toEqual({ webhookId: id });
      await happens(expert);
      await arrived(3, `${path}/other`);
      expect(receiver.at(path)).toHaveLength(1);
      expect(await call('get', expert, { id: second.id })).toMatchObject({ state: 'enabled' });
    });

    it('is switched off after ten failures over a day; enabled again it misses nothing by a replay', async () => {
      const firm = someone('firm');
      const { id } = await hook(firm);
      receiver.status.set(path, 500);
      const since = clock.now().toISOString();
      await happens(firm);
      const sender = service.app.get(WebhookSender);
      for (let failures = 1; failures <= 10; failures++) {
        await eventually(async () => expect((await call('get', firm, { id })).failures).toBe(failures));
        if (failures === 8) {
          // The first message is given up after its eighth attempt; another one takes its place.
          await settled(firm, id, 'failed');
          await happens(firm);
        }
        clock.advance(failures < 9 ? 29 * HOUR_MS : HOUR_MS + 1);
        sender.wake();
      }
      await eventually(async () =>
        expect(await call('get', firm, { id })).toMatchObject({ state: 'disabled', disabledBecause: 'failing' }),
      );
      await expect(call('test', firm, { id })).rejects.toMatchObject({ code: 'wrong-state' });
      await expect(call('replay', firm, { id, since })).rejects.toMatchObject({ code: 'wrong-state' });
      const missed = await happens(firm);
      // Nobody heard of it: the webhook was off at that moment.
      await eventually(async () =>
        expect(
          await service.query(
            `SELECT d.last_error FROM delivery d JOIN notice n ON n.id = d.notice_id
             WHERE d.channel = 'webhook' AND n.about_id = $1 AND d.state = 'cancelled'`,
            [missed.aboutId],
          ),
        ).toEqual([{ last_error: 'no-endpoint' }]),
      );
      receiver.status.delete(path);
      expect(await call('enable', firm, { id })).toMatchObject({ state: 'enabled', failures: 0 });
      const before = receiver.at(path).length;
      // Two that failed, one that came while it was off, and the notice of its end.
      expect(await call('replay', firm, { id, since })).toEqual({ queued: 4 });
      const all = await arrived(before + 4);
      expect(JSON.stringify(all)).toContain(missed.opportunityId);
      await settled(firm, id, 'sent', 4);
      await expect(
        call('replay', firm, { id, since: new Date(clock.now().getTime() - 31 * DAY_MS).toISOString() }),
      ).rejects.toMatchObject({ code: 'invalid-body' });
    });
  });

  describe('belongs to its owner', () => {
    it('and is not there for anybody else', async () => {
      const firm = someone('firm');
      const { id } = await hook(firm);
      for (const other of [
        someone('firm'),
        { kind: 'expert', id: firm.id },
        { kind: 'coordinator', territories: ['*'] },
      ] as Actor[]) {
        for (const what of ['get', 'remove', 'rotate', 'enable', 'test', 'deliveries'] as const) {
          await expect(call(what, other, { id })).rejects.toMatchObject({ code: 'not-found' });
        }
        const since = clock.now().toISOString();
        await expect(call('replay', other, { id, since })).rejects.toMatchObject({ code: 'not-found' });
        expect((await call('list', other, {})).items).toEqual([]);
      }
      expect((await call('list', firm, {})).items.map((one) => one.id)).toEqual([id]);
    });

    it('who may have ten', async () => {
      const expert = someone();
      const made = await Promise.allSettled(Array.from({ length: 12 }, () => hook(expert)));
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      const page = await call('list', expert, { limit: 4 });
      const rest = await call('list', expert, { limit: 100, cursor: page.nextCursor! });
      expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([4, 6, null]);
    });

    it('who can try it, and take it away', async () => {
      const expert = someone();
      const { id, secret } = await hook(expert);
      const { id: ping } = await call('test', expert, { id });
      const [message] = await arrived(1);
      expect(receiver.ids(path)).toEqual([ping]);
      expect(new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>)).toEqual({
        type: 'ping',
        timestamp: expect.any(String),
        data: { webhookId: id },
      });
      expect(await settled(expert, id, 'sent')).toMatchObject([{ type: 'ping', attempts: 1, noticeId: null }]);
      await call('remove', expert, { id });
      await happens(expert);
      await expect(call('get', expert, { id })).rejects.toMatchObject({ code: 'not-found' });
      expect(receiver.at(path)).toHaveLength(1);
    });

    it('and is changed only at the revision that the owner knows', async () => {
      const expert = someone();
      const { id, revision } = await hook(expert);
      await call('rotate', expert, { id, revision });
      await expect(call('rotate', expert, { id, revision })).rejects.toMatchObject({ code: 'revision-mismatch' });
    });

    it('and is counted for the operator', async () => {
      await hook(someone());
      const text = await register.metrics();
      expect(text).toMatch(/ceresio_webhook_endpoints\{state="enabled"\} [1-9]/);
      expect(text).toMatch(/ceresio_webhook_messages\{state="sent"\} [1-9]/);
    });
  });
});
