import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { testDirectory } from '#libs/testing';
import { refusal } from '../issuer.js';
import { keepLocalIssuer, type LocalIssuer, localToken } from './local-issuer.js';
import { issuerServer } from './server.js';

const CALLBACK = 'http://127.0.0.1:4567/auth/callback';
const FIRM = { id: '01900000-0000-7000-8000-00000000000a', name: 'Officina <Inventata>' };

/** A browser as far as the issuer can tell: keeps cookies, follows redirects on the issuer's own side. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async go(url: string | URL, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      body: form && new URLSearchParams(form),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}

describe('The local issuer', () => {
  const dir = testDirectory('issuer');
  let platform: Server;
  let server: Server;
  let local: LocalIssuer;
  let config: oidc.Configuration;
  const asked: (string | undefined)[] = [];
  const listening = (one: Server) =>
    new Promise<string>((resolve) =>
      one.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(one.address() as AddressInfo).port}`)),
    );

  beforeAll(async () => {
    platform = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end(JSON.stringify({ items: request.url?.startsWith('/v1/companies') ? [FIRM] : [] }));
    });
    const gateway = await listening(platform);
    const probe = createServer();
    const url = await listening(probe);
    await new Promise((resolve) => probe.close(resolve));
    local = await keepLocalIssuer(dir, url);
    server = issuerServer(local, () => gateway);
    await new Promise<void>((resolve) => server.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    config = await oidc.discovery(new URL(url), 'ceresio-gateway', undefined, oidc.None(), {
      execute: [oidc.allowInsecureRequests],
    });
  });
  afterAll(async () => {
    for (const one of [platform, server]) {
      one.closeAllConnections();
      await new Promise((resolve) => one.close(resolve));
    }
    rmSync(dir, { recursive: true });
  });

  const begin = async (verifier: string, extra: Record<string, string> = {}) =>
    oidc.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 's',
      ...extra,
    });

  const signIn = async (browser: Browser, verifier: string, as: string) => {
    const first = await browser.go(await begin(verifier));
    const page = new URL(first.headers.get('location') ?? '', local.issuer);
    const shown = await (await browser.go(page)).text();
    const chosen = await browser.go(page, { as });
    const back = await browser.go(new URL(chosen.headers.get('location') ?? '', local.issuer));
    return { page, shown, callback: new URL(back.headers.get('location') ?? '') };
  };

  it('lets one choose who to be on a page without a password, and says so', async () => {
    const { shown } = await signIn(new Browser(), oidc.randomPKCECodeVerifier(), 'admin');
    expect(shown).toContain('For development only');
    expect(shown).toContain(`value="firm:${FIRM.id}"`);
    expect(shown).toContain('Officina &lt;Inventata&gt;');
    expect(shown).not.toContain(FIRM.name);
    const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ''));
    const { payload } = await jwtVerify(asked[0]?.replace('Bearer ', '') ?? '', keys, { issuer: local.issuer });
    expect(payload).toMatchObject({ sub: 'admin', aud: 'ceresio' });
  });

  it('gives tokens for the API by code and PKCE, and new ones for the refresh token', async () => {
    const verifier = oidc.randomPKCECodeVerifier();
    const { callback } = await signIn(new Browser(), verifier, `firm:${FIRM.id}`);
    const tokens = await oidc.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: verifier,
      expectedState: 's',
    });
    const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ''));
    const of = async (token: string) =>
      (
        await jwtVerify(token, keys, {
          issuer: local.issuer,
          audience: 'ceresio',
          typ: 'at+jwt',
          algorithms: ['RS256'],
        })
      ).payload;
    expect(await of(tokens.access_token)).toMatchObject({ sub: `firm:${FIRM.id}` });
    const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(await of(fresh.access_token)).toMatchObject({ sub: `firm:${FIRM.id}` });
    expect(fresh.access_token).not.toBe(tokens.access_token);
    // What the command prints passes the same checks.
    expect(await of(await localToken(local, 'coordinator'))).toMatchObject({ sub: 'coordinator' });
  });

  it('gives no code without PKCE, no token without the verifier, and goes back to the loopback address alone', async () => {
    const verifier = oidc.randomPKCECodeVerifier();
    const browser = new Browser();
    const plain = oidc.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, scope: 'openid', state: 's' });
    expect((await browser.go(plain)).headers.get('location')).toContain('error=invalid_request');
    const away = await begin(verifier, { redirect_uri: 'http://elsewhere.example/auth/callback' });
    expect((await browser.go(away)).status).toBe(400);
    const { callback } = await signIn(browser, verifier, 'admin');
    const checks = { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), expectedState: 's' };
    await expect(oidc.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('says what is wrong with a name that is none, and refuses a page that it was not asked for', async () => {
    const browser = new Browser();
    const first = await browser.go(await begin(oidc.randomPKCECodeVerifier()));
    const page = new URL(first.headers.get('location') ?? '', local.issuer);
    const answer = await browser.go(page, { as: 'root' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('&quot;root&quot; is nobody');
    const stranger = await new Browser().go(page);
    expect([stranger.status, await stranger.text()]).toEqual([400, expect.stringContaining('expired')]);
  });

  it('runs on loopback alone and never in production', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ NODE_ENV: 'production' })).toContain('NODE_ENV=production');
    expect(refusal({ HOST: '0.0.0.0' })).toContain('loopback');
    expect(refusal({ HOST: '127.0.0.1' })).toBeUndefined();
    expect(refusal({ HOST: '0.0.0.0', IN_CONTAINER: 'true' })).toBeUndefined();
    expect(refusal({ HOST: '0.0.0.0', IN_CONTAINER: 'true', NODE_ENV: 'production' })).toBeDefined();
  });
});
