import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { type CallContext, companiesRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const FIRM = '01900000-0000-7000-8000-00000000000a';
const OTHER = '01900000-0000-7000-8000-00000000000b';
const asked: CallContext[] = [];

@Controller()
class Companies {
  @Rpc(companiesRpc.list)
  list(_: unknown, ctx: CallContext) {
    asked.push(ctx);
    return { items: [], nextCursor: null };
  }
  @Rpc(companiesRpc.erase)
  erase({ id }: { id: string }, ctx: CallContext) {
    asked.push(ctx);
    return { id };
  }
}

describe('The door of the API', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const now = Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Companies]);
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  const get = (authorization?: string) =>
    gateway.ask(undefined, 'GET', '/v1/companies', undefined, authorization === undefined ? {} : { authorization });

  it('lets a good token in and tells the services who asks, in which language', async () => {
    const { status } = await gateway.ask(`firm:${FIRM}`, 'GET', '/v1/companies', undefined, {
      'accept-language': 'fr-CH;q=0.5, de-CH, en;q=0.8',
      'x-request-id': 'mine-1',
    });
    expect(status).toBe(200);
    expect(asked.at(-1)).toEqual({
      actor: { kind: 'firm', id: FIRM, role: 'owner' },
      subject: `firm:${FIRM}`,
      lang: 'de',
      requestId: 'mine-1',
    });
  });

  it('answers every bad token the same way', async () => {
    const { issuer } = gateway;
    const good = await gateway.token('coordinator');
    const [head, payload, signature] = good.split('.') as [string, string, string];
    const { privateKey } = await generateKeyPair('ES256');
    const stranger = await generateKeyPair('ES256', { extractable: true });
    const offered = issuer.keys[0]!;
    const publicKey = new TextEncoder().encode(await exportSPKI((await importJWK(offered, 'ES256')) as never));
    const claims = { iss: issuer.url, aud: 'ceresio', sub: 'admin', exp: now + 600 };
    const header = { alg: 'ES256', kid: offered.kid as string };
    const bad: Record<string, string | undefined> = {
      none: undefined,
      empty: '',
      'no scheme': good,
      'another scheme': `Basic ${good}`,
      'an empty token': 'Bearer ',
      truncated: `Bearer ${good.slice(0, -5)}`,
      'without signature': `Bearer ${head}.${payload}.`,
      'signature of another token': `Bearer ${head}.${payload}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      'forged with another key': `Bearer ${await issuer.token('admin', {}, {}, privateKey)}`,
      'alg none': `Bearer ${new UnsecuredJWT({}).setSubject('admin').setIssuer(issuer.url).setAudience('ceresio').setExpirationTime('1h').encode()}`,
      'the public key as a secret': `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: header.kid }).sign(publicKey)}`,
      expired: `Bearer ${await gateway.token('admin', { exp: now - 120 })}`,
      'not yet valid': `Bearer ${await gateway.token('admin', { nbf: now + 300 })}`,
      'without expiry': `Bearer ${await gateway.token('admin', { exp: undefined })}`,
      'wrong audience': `Bearer ${await gateway.token('admin', { aud: 'elsewhere' })}`,
      'wrong issuer': `Bearer ${await gateway.token('admin', { iss: 'https://elsewhere.example' })}`,
      'a key that the token brings itself': `Bearer ${await issuer.token('admin', {}, { jku: `${issuer.url}/keys`, jwk: offered, kid: 'own' }, stranger.privateKey)}`,
      'a key id that climbs': `Bearer ${await issuer.token('admin', {}, { kid: '../../../../dev/null' }, privateKey)}`,
      'a refresh token': `Bearer ${await gateway.token('admin', { typ: 'Refresh' })}`,
      'an identity token': `Bearer ${await gateway.token('admin', { nonce: 'n-0S6' })}`,
      'another kind of token': `Bearer ${await issuer.token('admin', {}, { typ: 'logout+jwt' })}`,
      'unknown subject': `Bearer ${await gateway.token('root')}`,
      'a firm without a proper id': `Bearer ${await gateway.token('firm:7')}`,
      'two tokens': `Bearer ${good} ${good}`,
      'very long': `Bearer ${'a'.repeat(10_000)}.b.c`,
    };
    const details = new Set<string>();
    for (const [what, authorization] of Object.entries(bad)) {
      const answer = await get(authorization);
      expect([what, answer.status, answer.body.code]).toEqual([what, 401, 'unauthenticated']);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      details.add(answer.body.detail);
    }
    expect(details.size).toBe(1);
  });

  it('forgives a minute of clock difference, no more', async () => {
    expect((await get(`Bearer ${await gateway.token('admin', { exp: now - 30 })}`)).status).toBe(200);
  });

  it('asks for the token before it looks at anything else', async () => {
    const big = `{"name":"${'x'.repeat(300_000)}"}`;
    for (const [method, path, body] of [
      ['GET', '/v1/nothing-here'],
      ['GET', '/v1'],
      ['PUT', '/v1/companies', '{}'],
      ['POST', '/v1/companies', 'not json'],
      ['POST', '/v1/matches', big],
      ['GET', '/v1/companies/%zz'],
      ['GET', `/v1/companies/${'x'.repeat(300)}`],
      ['GET', '/v1/inbox/stream'],
      ['POST', '/%76%31/matches', '{}'],
      ['OPTIONS', '/v1/companies'],
    ] as [string, string, string?][]) {
      const answer = await gateway.ask(undefined, method, path, body);
      expect([method, path, answer.status]).toEqual([method, path, 401]);
    }
  });

  it('keeps what needs no token open, and nothing else', async () => {
    for (const path of ['/health/live', '/health/ready', '/openapi.json', '/docs', '/docs/swagger-ui-bundle.js'])
      expect([path, (await gateway.ask(undefined, 'GET', path)).status]).toEqual([path, 200]);
    expect((await gateway.ask(undefined, 'GET', '/metrics')).status).toBe(404);
    const { body } = await gateway.ask(undefined, 'GET', '/openapi.json');
    for (const path of Object.keys(body.paths)) {
      const url = path.replace('{id}', FIRM);
      for (const method of Object.keys(body.paths[path]))
        expect([method, path, (await gateway.ask(undefined, method.toUpperCase(), url)).status]).toEqual([
          method,
          path,
          401,
        ]);
    }
  });

  it('lets nobody change what is not theirs', async () => {
    const asks = asked.length;
    const patch = { 'if-match': '"1"' };
    const refused = [
      await gateway.ask(`firm:${FIRM}:editor`, 'DELETE', `/v1/companies/${FIRM}`),
      await gateway.ask('facilitator:ITC43', 'DELETE', `/v1/companies/${FIRM}`),
      await gateway.ask(`firm:${OTHER}`, 'DELETE', `/v1/companies/${FIRM}`),
      await gateway.ask(`expert:${FIRM}`, 'DELETE', `/v1/companies/${FIRM}`),
      await gateway.ask(`firm:${OTHER}`, 'PATCH', `/v1/companies/${FIRM}`, { town: 'Lecco' }, patch),
      await gateway.ask(`firm:${FIRM}`, 'POST', '/v1/companies', { name: 'Nuova', country: 'IT' }),
      await gateway.ask(`firm:${FIRM}`, 'POST', '/v1/experts', { name: 'Nuova', country: 'IT', text: 'x' }),
      await gateway.ask(`expert:${OTHER}`, 'PATCH', `/v1/experts/${FIRM}`, { capacity: 1 }, patch),
      await gateway.ask(`firm:${FIRM}`, 'DELETE', `/v1/experts/${FIRM}`),
    ];
    expect(refused.map((answer) => [answer.status, answer.body.code])).toEqual(refused.map(() => [403, 'forbidden']));
    expect(asked.length).toBe(asks);
    for (const as of [`firm:${FIRM}`, 'coordinator', 'admin'])
      expect((await gateway.ask(as, 'DELETE', `/v1/companies/${FIRM}`)).status).toBe(204);
  });
});
