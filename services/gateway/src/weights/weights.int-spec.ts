import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { type CallContext, learningRpc, matchingRpc, Problem, type WeightsList } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const ID = '01900000-0000-7000-8000-00000000000a';
const PARTS = { competences: 0.45, text: 0.35, sector: 0.07, territory: 0.06, language: 0.04, availability: 0.03 };
const asked: { data: unknown; actor: CallContext['actor'] }[] = [];

function listFor({ actor }: CallContext): WeightsList {
  if (actor.kind !== 'admin') throw new Problem('forbidden', 'Only an administrator may');
  const version = { version: 'test', active: true, parts: PARTS, basedOn: null, madeAt: null, report: null };
  return {
    items: [{ ...version, state: 'built-in' }],
    switched: { by: 'admin', at: '2026-01-01T00:00:00.000Z' },
    nextCursor: null,
  };
}

@Controller()
class Matching {
  @Rpc(learningRpc.weights)
  list(_: object, ctx: CallContext) {
    return listFor(ctx);
  }
  @Rpc(learningRpc.switchWeights)
  switch(data: object, ctx: CallContext) {
    asked.push({ data, actor: ctx.actor });
    return listFor(ctx);
  }
  @Rpc(matchingRpc.dismiss)
  dismiss(data: object, ctx: CallContext): never {
    asked.push({ data, actor: ctx.actor });
    throw new Problem('not-found', 'There is no such suggestion');
  }
}

describe('What teaches the ranking', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const ask = (as: string | undefined, method: string, path: string, body?: unknown) =>
    gateway.ask(as, method, path, body);
  const dismiss = (body?: unknown) => ask('admin', 'POST', `/v1/suggestions/${ID}/dismiss`, body);

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Matching]);
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  it('is seen by an administrator, who switches between versions of the weights', async () => {
    const { status, body } = await ask('admin', 'GET', '/v1/admin/weights');
    expect([status, body.items[0]]).toMatchObject([200, { version: 'test', active: true, parts: PARTS }]);
    const switched = await ask('admin', 'PUT', '/v1/admin/weights/active', { version: 'test' });
    expect([switched.status, switched.body.switched.by]).toEqual([200, 'admin']);
    expect(asked.at(-1)).toEqual({ data: { version: 'test' }, actor: { kind: 'admin' } });
  });

  it('is nobody else’s business', async () => {
    for (const who of ['coordinator', `firm:${ID}`, `expert:${ID}`]) {
      expect((await ask(who, 'GET', '/v1/admin/weights')).status).toBe(403);
      expect((await ask(who, 'PUT', '/v1/admin/weights/active', { version: 'test' })).status).toBe(403);
    }
    expect((await ask(undefined, 'GET', '/v1/admin/weights')).status).toBe(401);
    expect((await ask(undefined, 'PUT', '/v1/admin/weights/active', { version: 'test' })).status).toBe(401);
  });

  it('names a version, and nothing else is taken', async () => {
    for (const [body, pointer] of [
      [{}, '/version'],
      [{ version: 7 }, '/version'],
      [{ version: 'test', by: 'me' }, '/by'],
    ] as const) {
      const refused = await ask('admin', 'PUT', '/v1/admin/weights/active', body);
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, pointer]);
    }
  });

  it('is a coded reason for setting a suggestion aside, or none', async () => {
    for (const [body, data] of [
      [{ reason: 'not-my-field' }, { id: ID, reason: 'not-my-field' }],
      [{}, { id: ID }],
      [undefined, { id: ID }],
    ]) {
      expect((await dismiss(body)).status).toBe(404);
      expect(asked.at(-1)!.data).toEqual(data);
    }
    const words = await dismiss({ reason: 'I do not like them' });
    expect([words.status, words.body.errors[0].pointer]).toEqual([400, '/reason']);
  });
});
