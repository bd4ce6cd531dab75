import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { testDirectory } from '#libs/testing';
import { keepLocalIssuer, type LocalIssuer } from './issuer/local-issuer.js';
import { tokenCommand } from './token.js';

const FIRM = 'firm:01900000-0000-7000-8000-000000000001';
const ISSUER = 'http://127.0.0.1:3001';

describe('The token command', () => {
  const dir = testDirectory('token');
  const empty = testDirectory('token');
  let local: LocalIssuer;
  const run = (args: string[], env: NodeJS.ProcessEnv = {}) => tokenCommand(args, { CERESIO_DIR: dir, ...env });

  beforeAll(async () => {
    local = await keepLocalIssuer(dir, ISSUER);
  });
  afterAll(() => {
    for (const one of [dir, empty]) rmSync(one, { recursive: true, force: true });
  });

  it.each([
    [FIRM, FIRM],
    [FIRM.toUpperCase(), FIRM],
    ['expert:01900000-0000-7000-8000-000000000002', 'expert:01900000-0000-7000-8000-000000000002'],
    ['coordinator', 'coordinator'],
    ['coordinator:itc43', 'coordinator:ITC43'],
    ['facilitator:lecco', 'facilitator:lecco'],
    ['admin', 'admin'],
  ])("signs a token for %s with the issuer's key", async (as, subject) => {
    const { out, code } = await run(['--as', as]);
    expect(code).toBe(0);
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const { d: _, ...open } = local.key as JWK;
    const keys = createLocalJWKSet({ keys: [{ kty: open.kty, n: open.n, e: open.e, kid: open.kid } as JWK] });
    const { payload } = await jwtVerify(out ?? '', keys, {
      algorithms: ['RS256'],
      issuer: ISSUER,
      audience: 'ceresio',
    });
    expect(payload.sub).toBe(subject);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(12 * 3600);
    expect(decodeProtectedHeader(out ?? '')).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: local.key.kid });
  });

  it('keeps signing with the same key after a restart, on another port too', async () => {
    const again = await keepLocalIssuer(dir, ISSUER);
    expect(again).toEqual(local);
    const moved = testDirectory('token');
    const first = await keepLocalIssuer(moved, ISSUER);
    const second = await keepLocalIssuer(moved, 'http://127.0.0.1:3002');
    expect(second).toEqual({ ...first, issuer: 'http://127.0.0.1:3002' });
    rmSync(moved, { recursive: true });
  });

  it.each([
    ['nobody in particular', []],
    ['a firm without an id', ['--as', 'firm']],
    ['a firm whose id is none', ['--as', 'firm:7']],
    ['two at once', ['--as', `${FIRM},admin`]],
    ['an administrator of somewhere', ['--as', 'admin:ITC43']],
    ['a coordinator of no territory', ['--as', 'coordinator:']],
    ['an unknown option', ['--who', 'admin']],
  ])('explains itself and prints no token for %s', async (_, args) => {
    const { out, error, code } = await run(args);
    expect(out).toBeUndefined();
    expect(error).toContain('npm run -s token -- --as firm:<id>');
    expect(code).toBe(2);
  });

  it('refuses in production', async () => {
    const { out, code } = await run(['--as', 'admin'], { NODE_ENV: 'production' });
    expect(out).toBeUndefined();
    expect(code).toBe(2);
  });

  it('says what to do where nothing was started yet, and makes no key', async () => {
    const ask = () => run(['--as', 'admin'], { CERESIO_DIR: empty });
    expect((await ask()).error).toContain('npm start');
    expect((await ask()).code).toBe(2);
  });
});
