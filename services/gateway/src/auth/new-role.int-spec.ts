import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { type Actor, accessRpc, type CallContext, companiesRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const [PERSON, FIRM, MEMBERSHIP, CLAIM] = ['a1', 'a2', 'a3', 'a4'].map(
  (end) => `01900000-0000-7000-8000-0000000000${end}`,
);
const ROLE = `firm:${FIRM}`;
const MOMENT = new Date(0).toISOString();
let roles: Actor[] = [];
const become = () => {
  roles = [{ kind: 'firm', id: FIRM!, role: 'editor' }];
};

@Controller()
class Access {
  @Rpc(accessRpc.identify)
  identify() {
    return { person: PERSON!, roles, notBefore: null };
  }
  @Rpc(accessRpc.acceptInvitation)
  accept() {
    become();
    const role = { kind: 'firm' as const, id: FIRM!, role: 'editor' as const };
    return { id: MEMBERSHIP!, personId: PERSON!, role, grantedBy: 'somebody', createdAt: MOMENT };
  }
  @Rpc(accessRpc.confirmClaimByCode)
  code() {
    become();
    const moments = { createdAt: MOMENT, decidedAt: MOMENT, codeUntil: null };
    return { id: CLAIM!, revision: 2, companyId: FIRM!, state: 'confirmed' as const, ...moments };
  }
  @Rpc(accessRpc.endMembership)
  end() {
    roles = [];
    return { id: MEMBERSHIP! };
  }
}

@Controller()
class Companies {
  @Rpc(companiesRpc.list)
  list(_: unknown, ctx: CallContext) {
    expect(ctx.actor.kind).toBe('firm');
    return { items: [], nextCursor: null };
  }
}

describe('A role that was just given or taken', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  let token = '';

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Access, Companies], { OIDC_LOCAL: 'false' });
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });
  // Another person each time, of whom nothing is remembered.
  beforeEach(async () => {
    roles = [];
    token = await gateway.token(crypto.randomUUID());
  });

  const ask = (method: string, path: string, body?: unknown, role?: string) =>
    gateway.ask(undefined, method, path, body, {
      authorization: `Bearer ${token}`,
      ...(role && { 'x-ceresio-role': role }),
    });
  const roleNow = async (): Promise<unknown> => (await ask('GET', '/auth/session')).body.role;

  it.each([
    ['an invitation', '/v1/invitations/accept', { token: `ci_${'x'.repeat(43)}` }],
    ['the code of a claim', `/v1/claims/${CLAIM}/code`, { code: 'ABCD-EFGH-2345' }],
  ])('counts at once when it came by %s', async (_, path, body) => {
    expect(await roleNow()).toBe(`account:${PERSON}`);
    expect((await ask('POST', path, body)).status).toBe(200);
    expect(await roleNow()).toBe(ROLE);
  });

  it('is no more once it was ended', async () => {
    become();
    expect(await roleNow()).toBe(ROLE);
    expect((await ask('DELETE', `/v1/memberships/${MEMBERSHIP}`)).status).toBe(204);
    expect(await roleNow()).toBe(`account:${PERSON}`);
  });

  it('counts at once for who chooses it, also when it was given by way of another gateway', async () => {
    expect(await roleNow()).toBe(`account:${PERSON}`);
    expect((await ask('GET', '/v1/companies', undefined, ROLE)).status).toBe(403);
    become();
    expect((await ask('GET', '/v1/companies', undefined, ROLE)).status).toBe(200);
  });
});
