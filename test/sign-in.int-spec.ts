import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { accessRpc, type CallContext, companiesRpc } from '#libs/contracts';
import { freePort } from '#libs/engines';
import { Rpc } from '#libs/service';
import { eventually, testDirectory, testNats } from '#libs/testing';
import { GATEWAY_CLIENT, keepLocalIssuer, localToken } from '../commands/issuer/local-issuer.js';
import { issuerServer } from '../commands/issuer/server.js';
import { TestGateway } from '../services/gateway/test/test-gateway.js';
import { Browser, location } from './cookie-browser.js';

const FIRM = '01900000-0000-7000-8000-00000000000a';

@Controller()
class Companies {
  @Rpc(companiesRpc.list)
  list() {
    return { items: [], nextCursor: null };
  }
  @Rpc(companiesRpc.erase)
  erase({ id }: { id: string }, _: CallContext) {
    return { id };
  }
}

let signedOutAt: string | null = null;
@Controller()
class Access {
  @Rpc(accessRpc.identify)
  identify() {
    return { person: FIRM, roles: [{ kind: 'admin' as const }], notBefore: signedOutAt };
  }
  @Rpc(accessRpc.signOut)
  signOut() {
    signedOutAt = new Date().toISOString();
    return { notBefore: signedOutAt };
  }
}

describe('Signing in with a browser', () => {
  const dir = testDirectory('sign-in');
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  let server: Server;
  let issuer: string;
  let url: string;
  let environment: Record<string, string>;

  const serve = async (life?: number) => {
    const local = await keepLocalIssuer(dir, issuer);
    server = issuerServer(local, () => undefined, life);
    await new Promise<void>((resolve) => server.listen(Number(new URL(issuer).port), '127.0.0.1', resolve));
    return local;
  };
  const endIssuer = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };

  beforeAll(async () => {
    nats = await testNats();
    issuer = `http://127.0.0.1:${await freePort()}`;
    const { cookieSecret } = await serve();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    environment = {
      OIDC_ISSUER: issuer,
      OIDC_LOCAL: 'true',
      OIDC_CLIENT_ID: GATEWAY_CLIENT,
      SESSION_KEY: cookieSecret,
      PORT: String(port),
      PUBLIC_URL: url,
    };
    gateway = await TestGateway.start(nats.url, [Companies], environment);
  });
  afterAll(async () => {
    await gateway.stop();
    await endIssuer();
    await nats.stop();
    rmSync(dir, { recursive: true });
  });

  /** As far as the address to which the issuer sends the browser back. */
  const reachCallback = async (browser: Browser, as: string, query = '', at = url) => {
    const asked = await browser.go(`${at}/auth/login${query}`);
    const first = await browser.go(location(asked));
    const page = new URL(location(first), issuer).href;
    // Who has a session with the issuer is not asked again.
    if (!page.startsWith(`${issuer}/sign-in/`)) return page;
    const chosen = await browser.go(page, { method: 'POST', body: new URLSearchParams({ as }) });
    return location(await browser.go(location(chosen)));
  };
  const signIn = async (as: string, query?: string) => {
    const browser = new Browser();
    const back = await browser.go(await reachCallback(browser, as, query));
    return { browser, back };
  };
  const session = async (browser: Browser, at = url) => {
    const answer = await browser.go(`${at}/auth/session`);
    return { status: answer.status, ...((await answer.json()) as { role?: string; code?: string }) };
  };
  const ours = { 'x-ceresio-csrf': '1', 'sec-fetch-site': 'same-origin' };

  it('opens a session that no page can read, and the API knows who it is', async () => {
    const { browser, back } = await signIn(`firm:${FIRM}`, '?returnTo=/docs');
    expect([back.status, location(back)]).toEqual([303, '/docs']);
    const cookies = back.headers.getSetCookie().filter((cookie) => cookie.startsWith('ceresio='));
    expect(cookies).toEqual([expect.stringMatching(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)]);
    // Encrypted: five parts, the key of the second is agreed, nothing of a token shows.
    expect(browser.cookies.get('ceresio')).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await session(browser)).toMatchObject({ status: 200, role: `firm:${FIRM}`, roles: [`firm:${FIRM}`] });
    expect((await browser.go(`${url}/v1/companies`)).status).toBe(200);
    expect((await session(new Browser())).status).toBe(401);
  });

  it('lets no other site act in its name', async () => {
    const { browser } = await signIn(`firm:${FIRM}`);
    const erase = async (headers: Record<string, string>) =>
      (await browser.go(`${url}/v1/companies/${FIRM}`, { method: 'DELETE', headers })).status;
    expect(await erase({})).toBe(403);
    expect(await erase({ 'sec-fetch-site': 'same-origin' })).toBe(403);
    expect(await erase({ ...ours, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await erase({ 'x-ceresio-csrf': '1', origin: 'https://elsewhere.example' })).toBe(403);
    expect(await erase({ ...ours, origin: 'null' })).toBe(403);
    expect(await erase(ours)).toBe(204);
    const leave = await browser.go(`${url}/auth/logout`, { method: 'POST' });
    expect([leave.status, (await session(browser)).status]).toEqual([403, 200]);
    // A token of one's own is no session.
    const authorization = `Bearer ${await localToken(await keepLocalIssuer(dir, issuer), `firm:${FIRM}`)}`;
    const answer = await fetch(`${url}/v1/companies/${FIRM}`, { method: 'DELETE', headers: { authorization } });
    expect(answer.status).toBe(204);
  });

  it('is taken back only by the browser that began, once, and unchanged', async () => {
    const mine = new Browser();
    const callback = await reachCallback(mine, 'admin');
    const status = async (browser: Browser, address: string) => (await browser.go(address)).status;
    expect(await status(new Browser(), callback)).toBe(401);
    const before = mine.copy();
    expect(await status(mine.copy(), callback.replace(/state=[^&]+/, 'state=another'))).toBe(401);
    expect(await status(mine.copy(), callback.replace(/code=[^&]+/, 'code=guessed'))).toBe(401);
    expect(await status(mine.copy(), callback.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Felsewhere.example'))).toBe(401);
    expect(await status(mine, callback)).toBe(303);
    expect(await status(mine, callback)).toBe(401);
    expect(await status(before, callback)).toBe(401);
  });

  it('never leads to another site', async () => {
    for (const to of [
      '//elsewhere.example',
      'https://elsewhere.example',
      '/\t/elsewhere.example',
      '/..//elsewhere.example',
    ])
      expect([to, location((await signIn('admin', `?returnTo=${encodeURIComponent(to)}`)).back)]).toEqual([
        to,
        '/auth/session',
      ]);
  });

  it('refuses a session that somebody made or changed', async () => {
    const { browser } = await signIn('admin');
    const good = browser.cookies.get('ceresio') ?? '';
    const journey = new Browser();
    await journey.go(`${url}/auth/login`);
    for (const bad of [
      'x',
      good.slice(0, -3),
      `${good.slice(0, -2)}AA`,
      good.replace(/^[\w-]+/, Buffer.from('{"alg":"none"}').toString('base64url')),
      journey.cookies.get('ceresio-login') ?? '',
      await gateway.token('admin'),
    ]) {
      const other = new Browser();
      other.cookies.set('ceresio', bad);
      expect((await session(other)).status).toBe(401);
    }
  });

  it('is a new session at each sign-in, and none after signing out, here and at the issuer', async () => {
    const { browser } = await signIn('admin');
    const first = browser.cookies.get('ceresio');
    await browser.go(await reachCallback(browser, 'coordinator', '?again=true'));
    expect(browser.cookies.get('ceresio')).not.toBe(first);
    expect(await session(browser)).toMatchObject({ role: 'coordinator' });
    const left = await browser.go(`${url}/auth/logout`, { method: 'POST', headers: ours });
    expect(await left.json()).toEqual({ issuer: expect.stringContaining(`${issuer}/session/end`) });
    expect(browser.cookies.has('ceresio')).toBe(false);
    expect((await session(browser)).status).toBe(401);
  });

  it('renews its tokens by itself, also for requests at the same moment, until the issuer ends it', async () => {
    await endIssuer();
    // So short that each request finds them about to end.
    await serve(60);
    const { browser } = await signIn('coordinator');
    const before = browser.copy();
    const twins = await Promise.all([session(browser.copy()), session(browser.copy()), session(browser)]);
    expect(twins.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(browser.cookies.get('ceresio')).not.toBe(before.cookies.get('ceresio'));
    expect((await browser.go(`${url}/auth/logout`, { method: 'POST', headers: ours })).status).toBe(200);
    // While the issuer is away what is still good goes on; a restart makes it forget, and that ends the rest.
    const { browser: another } = await signIn('coordinator');
    await endIssuer();
    expect(await session(another.copy())).toMatchObject({ status: 200 });
    await serve(60);
    expect((await session(another)).status).toBe(401);
    expect(another.cookies.has('ceresio')).toBe(false);
  });

  it('ends for who signs out everywhere, also where the issuer would renew it; who signs in again is in', async () => {
    await endIssuer();
    await serve(60);
    const port = await freePort();
    const there = `http://127.0.0.1:${port}`;
    const settings = { ...environment, OIDC_LOCAL: 'false', PORT: String(port), PUBLIC_URL: there };
    const other = await TestGateway.start(nats.url, [Access], settings);
    const enter = async () => {
      const browser = new Browser();
      await browser.go(await reachCallback(browser, 'coordinator', '', there));
      return browser;
    };
    const [lost, mine] = [await enter(), await enter()];
    expect(await session(lost, there)).toMatchObject({ status: 200, role: 'admin' });
    signedOutAt = null;
    expect((await mine.go(`${there}/v1/sign-out`, { method: 'POST', headers: ours })).status).toBe(204);
    // From the next second on the issuer renews with a later date than that.
    await eventually(() => expect(Date.now()).toBeGreaterThan(Date.parse(signedOutAt ?? '') + 1000));
    for (const browser of [lost, mine]) {
      expect((await session(browser, there)).status).toBe(401);
      expect(browser.cookies.has('ceresio')).toBe(false);
    }
    // As if it had been a moment ago: sign-ins are told apart by the second.
    signedOutAt = new Date(Date.now() - 1000).toISOString();
    expect((await session(await enter(), there)).status).toBe(200);
    await other.stop();
  });

  it('binds the cookie to the host and to encryption where the site is on https', async () => {
    const secure = await TestGateway.start(nats.url, [], {
      ...environment,
      PORT: '0',
      PUBLIC_URL: 'https://ceresio.example',
    });
    const answer = await fetch(`${secure.url}/auth/login`, { redirect: 'manual' });
    expect([answer.status, await answer.text()]).toEqual([303, '']);
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-ceresio-login=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/,
    );
    expect(new URL(location(answer)).searchParams.get('redirect_uri')).toBe('https://ceresio.example/auth/callback');
    await secure.stop();
  });

  it('is not there without a client of an issuer', async () => {
    const plain = await TestGateway.start(nats.url);
    const answer = await fetch(`${plain.url}/auth/login`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')]);
    await plain.stop();
  });
});
