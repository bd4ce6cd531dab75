import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { tokenCommand } from './token.js';

const TOKEN_KEY = Buffer.alloc(32, 7).toString('base64url');
const FIRM = 'firm:01900000-0000-7000-8000-000000000001';
const empty = mkdtempSync(join(tmpdir(), 'ceresio-token-'));
afterAll(() => rmSync(empty, { recursive: true }));

describe('The token command', () => {
  it.each([FIRM, 'expert:01900000-0000-7000-8000-000000000002', 'coordinator', 'admin'])(
    'signs a token for %s',
    async (as) => {
      const { out, code } = await tokenCommand(['--as', as], { TOKEN_KEY });
      expect(code).toBe(0);
      expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      const { payload } = await jwtVerify(out ?? '', Buffer.from(TOKEN_KEY, 'base64url'), {
        algorithms: ['HS256'],
        issuer: 'ceresio-development',
        audience: 'ceresio',
      });
      expect(payload.sub).toBe(as);
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(12 * 3600);
      expect(decodeProtectedHeader(out ?? '').alg).toBe('HS256');
    },
  );

  it.each([
    ['nobody in particular', []],
    ['a firm without an id', ['--as', 'firm']],
    ['a firm whose id is none', ['--as', 'firm:7']],
    ['two at once', ['--as', `${FIRM},admin`]],
    ['an unknown option', ['--who', 'admin']],
  ])('explains itself and prints no token for %s', async (_, args) => {
    const { out, error, code } = await tokenCommand(args, { TOKEN_KEY });
    expect(out).toBeUndefined();
    expect(error).toContain('npm run -s token -- --as firm:<id>');
    expect(code).toBe(2);
  });

  it('refuses in production', async () => {
    const { out, code } = await tokenCommand(['--as', 'admin'], { TOKEN_KEY, NODE_ENV: 'production' });
    expect(out).toBeUndefined();
    expect(code).toBe(2);
  });

  it('says what to do where nothing was started yet, and makes no key', async () => {
    const run = () => tokenCommand(['--as', 'admin'], { CERESIO_DIR: empty });
    expect((await run()).error).toContain('npm start');
    expect((await run()).code).toBe(2);
  });

  it('refuses a key that is too short to be safe', async () => {
    expect(await tokenCommand(['--as', 'admin'], { TOKEN_KEY: 'short' })).toMatchObject({
      code: 2,
      error: expect.stringContaining('32 bytes'),
    });
  });
});
