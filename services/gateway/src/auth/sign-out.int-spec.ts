import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { accessRpc, type CallContext, companiesRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';
import { Authenticator } from './authenticator.js';

const PERSON = '01900000-0000-7000-8000-0000000000aa';
let notBefore: string | null = null;

@Controller()
class Access {
  @Rpc(accessRpc.identify)
  identify() {
    return { person: PERSON, roles: [{ kind: 'admin' as const }], notBefore };
  }
  @Rpc(accessRpc.signOut)
  signOut(_: unknown, { subject }: CallContext) {
    expect(subject).toBe(PERSON);
    notBefore = new Date().toISOString();
    return { notBefore };
  }
}

@Controller()
class Companies {
  @Rpc(companiesRpc.list)
  list() {
    return { items: [], nextCursor: null };
  }
}

describe('Signing out everywhere', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const seconds = () => Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Access, Companies], { OIDC_LOCAL: 'false' });
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });
  beforeEach(() => {
    notBefore = null;
  });

  const status = async (token: string, method = 'GET', path = '/v1/companies') =>
    (await gateway.ask(undefined, method, path, undefined, { authorization: `Bearer ${token}` })).status;

  it('ends the tokens from before at once, with the words for any bad token, and none from after', async () => {
    const [one, another] = [await gateway.token('somebody'), await gateway.token('somebody', { jti: 'another' })];
    expect([await status(one), await status(another)]).toEqual([200, 200]);
    expect(await status(one, 'POST', '/v1/sign-out')).toBe(204);
    expect([await status(one), await status(another)]).toEqual([401, 401]);
    // Renewed since then, but signed in before.
    const renewed = await gateway.token('somebody', { iat: seconds() + 1, auth_time: seconds() - 60 });
    expect(await status(renewed)).toBe(401);
    expect(await status(await gateway.token('somebody', { iat: seconds() + 1 }))).toBe(200);
  });

  it('counts in every other gateway within half a minute, and for what is open there', async () => {
    let now = Date.now();
    const authenticator = new Authenticator(
      { OIDC_ISSUER: gateway.issuer.url, OIDC_AUDIENCE: 'ceresio', OIDC_LOCAL: false },
      () => now,
    );
    authenticator.connect(gateway.rpc());
    const open = await authenticator.ofToken(await gateway.token('elsewhere'));
    notBefore = new Date(now + 1000).toISOString();
    expect(await open.stands()).toBe(true);
    now += 30_001;
    expect(await open.stands()).toBe(false);
  });
});
