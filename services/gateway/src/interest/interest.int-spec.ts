import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type CallContext, cooperationRpc, type Interest } from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

type Request<T extends keyof typeof cooperationRpc> = z.output<(typeof cooperationRpc)[T]['request']>;

const ID = uuidv7();
const EXPERT = uuidv7();
const AT = '2026-03-02T09:00:00.000Z';
const INTEREST: Interest = {
  ...{ id: ID, revision: 3, state: 'submitted', side: 'asker', opportunityId: uuidv7(), suggestionId: uuidv7() },
  ...{ note: null, answerNote: null, reasonCode: null, achievement: null, createdAt: AT, dueAt: AT, overdue: false },
  ...{ answeredAt: null, next: null },
  counterpart: { type: 'expert', id: EXPERT, name: 'Ada Inventata', country: 'CH', territory: 'CH070' },
};
const LOAD = { expertId: EXPERT, open: 1, asked: 4, responseRate: 0.75, medianHours: 6 };

/** What arrived at cooperation. */
const heard: { what: string; request: object; key?: string | undefined }[] = [];
const hear = (what: string, request: object, ctx: CallContext) => {
  heard.push({ what, request, key: ctx.idempotencyKey });
  return INTEREST;
};

/** Stands in for cooperation. */
@Controller()
class Cooperation {
  @Rpc(cooperationRpc.express)
  express(request: Request<'express'>, ctx: CallContext) {
    return hear('express', request, ctx);
  }
  @Rpc(cooperationRpc.get)
  get(request: Request<'get'>, ctx: CallContext) {
    return hear('get', request, ctx);
  }
  @Rpc(cooperationRpc.list)
  list(request: Request<'list'>, ctx: CallContext) {
    return { items: [hear('list', request, ctx)], nextCursor: null };
  }
  @Rpc(cooperationRpc.accept)
  accept(request: Request<'accept'>, ctx: CallContext) {
    return hear('accept', request, ctx);
  }
  @Rpc(cooperationRpc.decline)
  decline(request: Request<'decline'>, ctx: CallContext) {
    return hear('decline', request, ctx);
  }
  @Rpc(cooperationRpc.withdraw)
  withdraw(request: Request<'withdraw'>, ctx: CallContext) {
    return hear('withdraw', request, ctx);
  }
  @Rpc(cooperationRpc.update)
  update(request: Request<'update'>, ctx: CallContext) {
    return hear('update', request, ctx);
  }
  @Rpc(cooperationRpc.disclosures)
  disclosures(request: Request<'disclosures'>, ctx: CallContext) {
    hear('disclosures', request, ctx);
    return { items: [], nextCursor: null };
  }
  @Rpc(cooperationRpc.loads)
  loads(request: Request<'loads'>, ctx: CallContext) {
    hear('loads', request, ctx);
    return { items: [LOAD], nextCursor: null };
  }
}

describe('Routes of interests', () => {
  let nats: NatsServer;
  let gateway: TestGateway;
  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Cooperation]);
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  const firm = `firm:${uuidv7()}`;
  const last = () => heard.at(-1);

  it('interest is expressed in a suggestion or an opportunity, with a note or without, and safe to repeat', async () => {
    const made = await gateway.ask(
      firm,
      'POST',
      `/v1/suggestions/${ID}/interest`,
      { note: 'Sentiamoci' },
      {
        'idempotency-key': 'once',
      },
    );
    expect([made.status, made.headers.get('location'), made.headers.get('etag')]).toEqual([
      201,
      `/v1/interests/${ID}`,
      expect.stringMatching(/^"3-/),
    ]);
    expect(made.body).toEqual(INTEREST);
    expect(last()).toEqual({ what: 'express', request: { suggestionId: ID, note: 'Sentiamoci' }, key: 'once' });
    expect((await gateway.ask(firm, 'POST', `/v1/opportunities/${ID}/interest`, {})).status).toBe(201);
    expect(last()?.request).toEqual({ opportunityId: ID });
    expect((await gateway.ask(firm, 'POST', `/v1/opportunities/${ID}/interest`)).status).toBe(201);
  });

  it('a suggestion of the route cannot be changed by the body', async () => {
    const count = heard.length;
    const body = { suggestionId: uuidv7() };
    expect((await gateway.ask(firm, 'POST', `/v1/suggestions/${ID}/interest`, body)).status).toBe(400);
    expect(heard).toHaveLength(count);
  });

  it('lists are narrowed by side, state and lateness', async () => {
    expect((await gateway.ask(firm, 'GET', '/v1/interests?side=asked&state=expired&overdue=true')).status).toBe(200);
    expect(last()?.request).toEqual({ side: 'asked', state: 'expired', overdue: true, limit: 20 });
    expect((await gateway.ask(firm, 'GET', '/v1/interests?overdue=false')).status).toBe(200);
    expect(last()?.request).toEqual({ overdue: false, limit: 20 });
    expect((await gateway.ask(firm, 'GET', '/v1/interests?overdue=perhaps')).status).toBe(400);
  });

  it('answers name the revision when the caller gives one; a no needs its reason', async () => {
    const known = { 'if-match': '"3"' };
    expect((await gateway.ask(firm, 'POST', `/v1/interests/${ID}/accept`, {}, known)).status).toBe(200);
    expect(last()).toMatchObject({ what: 'accept', request: { id: ID, revision: 3 } });
    const no = { reasonCode: 'no-capacity', note: 'A settembre sì' };
    expect((await gateway.ask(firm, 'POST', `/v1/interests/${ID}/decline`, no)).status).toBe(200);
    expect(last()).toMatchObject({ what: 'decline', request: { id: ID, ...no } });
    expect((await gateway.ask(firm, 'POST', `/v1/interests/${ID}/decline`, {})).body.errors[0]?.pointer).toBe(
      '/reasonCode',
    );
    expect((await gateway.ask(firm, 'POST', `/v1/interests/${ID}/withdraw`, {})).status).toBe(200);
    expect(last()).toMatchObject({ what: 'withdraw', request: { id: ID } });
  });

  it('an interest is read whole each time, and kept by no cache', async () => {
    const known = await gateway.ask(firm, 'GET', `/v1/interests/${ID}`, undefined, { 'if-none-match': '"3"' });
    expect([known.status, known.headers.get('cache-control'), known.headers.get('etag')]).toEqual([
      200,
      'no-store',
      expect.stringMatching(/^"3-/),
    ]);
    expect(known.body).toEqual(INTEREST);
  });

  it('a state is set only on the revision that was read', async () => {
    const body = { state: 'agreement-reached', achievement: 'supplier' };
    expect((await gateway.ask('coordinator', 'PATCH', `/v1/interests/${ID}`, body)).status).toBe(428);
    const known = { 'if-match': '"3"' };
    expect((await gateway.ask('coordinator', 'PATCH', `/v1/interests/${ID}`, body, known)).status).toBe(200);
    expect(last()?.request).toEqual({ id: ID, revision: 3, ...body });
  });

  it('the ledger and the loads have addresses of their own', async () => {
    expect((await gateway.ask(firm, 'GET', `/v1/interests/${ID}/disclosures?limit=5`)).status).toBe(200);
    expect(last()).toMatchObject({ what: 'disclosures', request: { id: ID, limit: 5 } });
    expect((await gateway.ask('coordinator', 'GET', `/v1/experts/${EXPERT}/load`)).body).toEqual(LOAD);
    expect(last()?.request).toMatchObject({ expertId: EXPERT });
    expect((await gateway.ask('coordinator', 'GET', '/v1/loads')).body.items).toEqual([LOAD]);
  });
});
