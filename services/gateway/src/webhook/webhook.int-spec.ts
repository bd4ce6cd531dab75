import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { type CallContext, Problem, type WebhookEndpoint, webhooksRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const ID = '01900000-0000-7000-8000-00000000000a';
const AT = '2026-01-05T08:00:00.000Z';
const webhook: WebhookEndpoint = {
  id: ID,
  revision: 3,
  url: 'https://hooks.example.org/ceresio',
  kinds: null,
  description: null,
  state: 'enabled',
  disabledBecause: null,
  failures: 0,
  lastSentAt: null,
  previousSecretUntil: null,
  createdAt: AT,
};
const ping = {
  id: ID,
  type: 'ping',
  noticeId: null,
  state: 'pending' as const,
  attempts: 0,
  lastError: null,
  nextAt: AT,
  sentAt: null,
  createdAt: AT,
};
const asked: { what: string; data: unknown; ctx: CallContext }[] = [];
const note = (what: string, data: unknown, ctx: CallContext) => void asked.push({ what, data, ctx });

/** Stands in for the notifications, and answers more than a caller may see. */
@Controller()
class Notifications {
  @Rpc(webhooksRpc.create)
  create(data: object, ctx: CallContext) {
    note('create', data, ctx);
    return { ...webhook, secret: 'whsec_invented' };
  }
  @Rpc(webhooksRpc.list)
  list(data: object, ctx: CallContext) {
    note('list', data, ctx);
    return { items: [{ ...webhook, secret: 'whsec_invented' }], nextCursor: null };
  }
  @Rpc(webhooksRpc.get)
  get({ id }: { id: string }) {
    if (id !== ID) throw new Problem('not-found', 'There is no webhook with this id.');
    return { ...webhook, secret: 'whsec_invented' };
  }
  @Rpc(webhooksRpc.remove)
  remove(data: { id: string }, ctx: CallContext) {
    note('remove', data, ctx);
    return data;
  }
  @Rpc(webhooksRpc.rotate)
  rotate(data: object, ctx: CallContext) {
    note('rotate', data, ctx);
    return { ...webhook, secret: 'whsec_newer' };
  }
  @Rpc(webhooksRpc.enable)
  enable(data: object, ctx: CallContext) {
    note('enable', data, ctx);
    return webhook;
  }
  @Rpc(webhooksRpc.replay)
  replay(data: object, ctx: CallContext) {
    note('replay', data, ctx);
    return { queued: 7 };
  }
  @Rpc(webhooksRpc.test)
  test(data: object, ctx: CallContext) {
    note('test', data, ctx);
    return ping;
  }
  @Rpc(webhooksRpc.deliveries)
  deliveries(data: object, ctx: CallContext) {
    note('deliveries', data, ctx);
    return { items: [ping], nextCursor: null };
  }
}

describe('The routes of webhooks', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    gateway.ask(`firm:${ID}`, method, path, body, headers);

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Notifications]);
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  it('show the secret when it is made, and never again', async () => {
    const made = await ask('POST', '/v1/webhooks', { url: webhook.url }, { 'idempotency-key': 'once' });
    expect([made.status, made.body.secret, made.headers.get('location')]).toEqual([
      201,
      'whsec_invented',
      `/v1/webhooks/${ID}`,
    ]);
    expect(asked.at(-1)?.ctx).toMatchObject({ actor: { kind: 'firm', id: ID }, idempotencyKey: 'once' });
    const one = await ask('GET', `/v1/webhooks/${ID}`);
    const many = await ask('GET', '/v1/webhooks');
    expect([one.status, many.status]).toEqual([200, 200]);
    expect(one.headers.get('etag')).toMatch(/^"3-/);
    expect(JSON.stringify([one.body, many.body])).not.toContain('whsec_');
    expect((await ask('POST', `/v1/webhooks/${ID}/rotate`, {})).body.secret).toBe('whsec_newer');
  });

  it('act on one webhook, with a body or without', async () => {
    for (const [action, answer] of [
      ['rotate', { id: ID }],
      ['enable', { state: 'enabled' }],
      ['test', { type: 'ping', state: 'pending' }],
    ] as const) {
      for (const body of [{}, undefined]) {
        const { status, body: answered } = await ask('POST', `/v1/webhooks/${ID}/${action}`, body);
        expect([status, answered]).toEqual([200, expect.objectContaining(answer)]);
      }
      await ask('POST', `/v1/webhooks/${ID}/${action}`, {}, { 'if-match': '"3"' });
      expect(asked.at(-1)).toMatchObject({ what: action, data: { id: ID, revision: 3 } });
    }
    const replayed = await ask('POST', `/v1/webhooks/${ID}/replay`, { since: '2026-01-01T00:00:00+01:00' });
    expect([replayed.status, replayed.body]).toEqual([200, { queued: 7 }]);
    const sent = await ask('GET', `/v1/webhooks/${ID}/deliveries?state=failed&limit=5`);
    expect(sent.body.items).toHaveLength(1);
    expect(asked.at(-1)?.data).toEqual({ id: ID, state: 'failed', limit: 5 });
    expect((await ask('DELETE', `/v1/webhooks/${ID}`)).status).toBe(204);
  });

  it('refuse what is no address, no kind of notice and no moment', async () => {
    const url = webhook.url;
    for (const [path, body, pointer] of [
      ['', { url: 'ftp://hooks.example.org' }, '/url'],
      ['', { url: 'https://user:secret@hooks.example.org' }, '/url'],
      ['', { url: 'https://hooks.example.org/#part' }, '/url'],
      ['', { url, kinds: ['everything'] }, '/kinds/0'],
      ['', { url, kinds: [] }, '/kinds'],
      ['', { url, secret: 'mine' }, '/secret'],
      [`/${ID}/replay`, { since: 'yesterday' }, '/since'],
      [`/${ID}/replay`, {}, '/since'],
      [`/${ID}/rotate`, { secret: 'mine' }, '/secret'],
    ] as const) {
      const { status, body: problem } = await ask('POST', `/v1/webhooks${path}`, body);
      expect([body, status, problem.errors?.[0]?.pointer]).toEqual([body, 400, pointer]);
    }
    expect((await ask('GET', `/v1/webhooks/${ID.replace('a', 'b')}`)).status).toBe(404);
    expect((await gateway.ask(undefined, 'GET', '/v1/webhooks')).status).toBe(401);
  });
});
