import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { companiesRpc, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';
import { configSchema } from '../config.js';

const A = 'firm:01900000-0000-7000-8000-00000000000a';
const B = 'firm:01900000-0000-7000-8000-00000000000b';
const PORTAL = 'https://portal.example';

@Controller()
class Companies {
  @Rpc(companiesRpc.list)
  list() {
    return { items: [], nextCursor: null };
  }
  @Rpc(companiesRpc.get)
  get(): never {
    throw new Problem('not-found', 'There is no such company');
  }
}

describe('The edge of the platform', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway | undefined;
  const start = async (env: Record<string, string>) => {
    gateway = await TestGateway.start(nats.url, [Companies], env);
    return gateway;
  };

  beforeAll(async () => {
    nats = await testNats();
  });
  afterEach(async () => {
    await gateway?.stop();
    gateway = undefined;
  });
  afterAll(() => nats.stop());

  it('refuses a flood from one client with 429 while another is served', async () => {
    const { ask } = bound(await start({ RATE_USER: '100/60' }));
    const flood = Promise.all(Array.from({ length: 500 }, () => ask(A, 'GET', '/v1/companies')));
    const others = await Promise.all(Array.from({ length: 50 }, () => ask(B, 'GET', '/v1/companies')));
    const answers = await flood;
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(400);
    expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
    expect(refused[0]?.body).toMatchObject({ code: 'too-many-requests', status: 429 });
    expect(refused[0]?.headers.get('content-type')).toContain('problem+json');
    const headers = Object.fromEntries(refused[0]?.headers ?? []);
    expect(headers).toMatchObject({
      'ratelimit-limit': '100',
      'ratelimit-remaining': '0',
      'ratelimit-policy': '100;w=60',
    });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(others[0]?.headers.get('ratelimit-limit')).toBe('100');
  });

  it('counts who shows no good token by address, on every path there is or is not', async () => {
    const { ask, raw } = bound(await start({ RATE_ADDRESS: '6/60' }));
    const statuses: number[] = [];
    for (const [path, authorization] of [
      ['/v1/companies'],
      ['/v1/companies', 'Bearer a.b.c'],
      ['/v1/nothing'],
      ['/nothing'],
      ['/docs'],
      ['/v1/companies/%zz'],
      ['/openapi.json'],
      ['/v1/companies', 'Bearer a.b.c'],
      ['/nothing'],
      ['/v1/companies/%zz'],
    ] as [string, string?][])
      statuses.push((await raw(path, authorization ? { authorization } : {})).status);
    expect(statuses).toEqual([401, 401, 401, 404, 200, 401, 429, 429, 429, 429]);
    // Neighbours behind the same address who have signed in are not made to pay.
    expect((await ask(A, 'GET', '/v1/companies')).status).toBe(200);
  });

  it('lets nobody ask for matches without end', async () => {
    const { ask } = bound(await start({ RATE_USER: '100/60', RATE_MATCHES: '2/60' }));
    const match = async () => (await ask(A, 'POST', '/v1/matches', { seek: 'everything' })).status;
    expect([await match(), await match(), await match()]).toEqual([400, 400, 429]);
    expect((await ask(A, 'GET', '/v1/companies')).status).toBe(200);
  });

  it('believes what a proxy says of the address and of encryption only when it is told to', async () => {
    const behind = (from: string) => ({ 'x-forwarded-for': from, 'x-forwarded-proto': 'https' });
    const proud = bound(await start({ RATE_ADDRESS: '1/60' }));
    const plain = await proud.raw('/health/live', behind('192.0.2.1'));
    expect([plain.status, plain.headers.get('strict-transport-security')]).toEqual([200, null]);
    expect((await proud.raw('/health/live', behind('192.0.2.2'))).status).toBe(429);
    await gateway?.stop();
    const proxied = bound(await start({ RATE_ADDRESS: '1/60', TRUST_PROXY: '127.0.0.1' }));
    for (const from of ['192.0.2.1', '192.0.2.2']) {
      const answer = await proxied.raw('/health/live', behind(from));
      expect([answer.status, answer.headers.get('strict-transport-security')]).toEqual([200, 'max-age=31536000']);
    }
    expect((await proxied.raw('/health/live', behind('192.0.2.1'))).status).toBe(429);
    // A caller cannot put another address before the one that the proxy saw.
    expect((await proxied.raw('/health/live', behind('203.0.113.9, 192.0.2.1'))).status).toBe(429);
  });

  it('lets pages of the named origins call the API, and no other', async () => {
    const { ask, raw } = bound(await start({ CORS_ORIGINS: `${PORTAL}, http://localhost:5173` }));
    const question = (origin: string) =>
      raw('/v1/companies', { origin, 'access-control-request-method': 'PATCH' }, 'OPTIONS');
    const asked = await question(PORTAL);
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, PORTAL]);
    expect(asked.headers.get('access-control-allow-headers')).toContain('If-Match');
    expect(asked.headers.get('access-control-allow-methods')).toContain('PATCH');
    const read = await ask(A, 'GET', '/v1/companies', undefined, { origin: PORTAL });
    expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, PORTAL]);
    expect(read.headers.get('access-control-expose-headers')).toContain('ETag');
    expect(read.headers.get('vary')).toContain('Origin');
    // Never with the cookie of a session.
    expect(read.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await ask(undefined, 'GET', '/v1/companies', undefined, { origin: PORTAL });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, PORTAL]);
    for (const origin of [
      'https://elsewhere.example',
      `${PORTAL}.elsewhere.example`,
      'http://portal.example',
      'null',
    ]) {
      const other = await question(origin);
      expect([origin, other.status, other.headers.get('access-control-allow-origin')]).toEqual([origin, 401, null]);
    }
    await gateway?.stop();
    const closed = bound(await start({}));
    const nobody = await closed.raw(
      '/v1/companies',
      { origin: PORTAL, 'access-control-request-method': 'GET' },
      'OPTIONS',
    );
    expect([nobody.status, nobody.headers.get('access-control-allow-origin')]).toEqual([401, null]);
  });

  it('is not opened by a setting that means more than it says', () => {
    const errors = (env: Record<string, string>) =>
      configSchema.safeParse({ OIDC_ISSUER: 'https://login.example', ...env }).error?.issues.map(({ path }) => path[0]);
    expect(errors({})).toBeUndefined();
    for (const origins of ['*', 'null', 'portal.example', 'https://portal.example/', 'https://portal.example/app'])
      expect([origins, errors({ CORS_ORIGINS: origins })]).toEqual([origins, ['CORS_ORIGINS']]);
    for (const rate of ['0/60', '100', 'unlimited', '-1/60'])
      expect(errors({ RATE_USER: rate })).toEqual(['RATE_USER']);
  });
});

function bound(gateway: TestGateway | undefined) {
  if (!gateway) throw new Error('not started');
  return {
    ask: gateway.ask.bind(gateway),
    raw: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(gateway.url + path, { method, headers }),
  };
}
