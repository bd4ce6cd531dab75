import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { testDirectory, testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';
import { servePortal } from './portal.js';

const SCRIPT = 'console.log("a lake between mountains");\n'.repeat(80);

describe('The portal', () => {
  const dir = testDirectory('portal');
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;

  beforeAll(async () => {
    mkdirSync(join(dir, 'assets'), { recursive: true });
    mkdirSync(join(dir, '.vite'));
    writeFileSync(join(dir, 'index.html'), '<meta name="style-nonce" content="{{nonce}}">');
    writeFileSync(join(dir, 'mark.svg'), '<svg/>');
    writeFileSync(join(dir, '.vite/manifest.json'), '{}');
    writeFileSync(join(dir, 'assets/index-abc.js'), SCRIPT);
    writeFileSync(join(dir, 'assets/index-abc.js.br'), brotliCompressSync(SCRIPT));
    writeFileSync(join(dir, 'assets/index-abc.js.gz'), gzipSync(SCRIPT));
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [], { PORTAL: dir, RATE_ADDRESS: '12/60' });
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(gateway.url + path, { headers });

  it('is one page at all of its own paths, for a policy without exceptions for scripts', async () => {
    const seen = new Set<string>();
    for (const path of ['/', '/find?q=laser', '/suggestions/01900000-0000-7000-8000-00000000000a', '/signed-in']) {
      const answer = await get(path);
      const nonce = /content="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`script-src 'self'; style-src 'self' 'nonce-${nonce}'`);
      expect(policy).not.toMatch(/unsafe|\*|data:/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      seen.add(nonce);
    }
    expect(seen.size).toBe(4);
  });

  it('gives its files as small as the browser takes them, and for good where their name is their content', async () => {
    const file = '/assets/index-abc.js';
    for (const [accepts, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await get(file, { 'accept-encoding': accepts });
      expect([accepts, answer.headers.get('content-encoding')]).toEqual([accepts, encoding]);
      expect(await answer.text()).toBe(SCRIPT);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    }
    const mark = await get('/mark.svg');
    expect([mark.headers.get('content-type'), mark.headers.get('cache-control')]).toEqual([
      'image/svg+xml',
      'public, max-age=3600',
    ]);
  });

  it('leaves everything else as it was', async () => {
    for (const path of [
      '/.vite/manifest.json',
      '/assets/other.js',
      '/assets/index-abc.js.br',
      '/assets/../package.json',
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    const answer = await fetch(`${gateway.url}/find`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('is not counted against the limits, which one visit would exhaust', async () => {
    for (let visit = 0; visit < 20; visit++) expect((await get('/assets/index-abc.js')).status).toBe(200);
  });

  it('is not there where it is switched off or was never built', async () => {
    const bare = Fastify();
    servePortal(bare, join(dir, 'nowhere'));
    expect(await status(bare)).toBe(404);
    const off = await TestGateway.start(nats.url, [], { PORTAL: 'off' });
    expect((await fetch(off.url)).status).toBe(404);
    expect((await fetch(`${off.url}/health/live`)).status).toBe(200);
    await off.stop();
  });
});

async function status(server: FastifyInstance): Promise<number> {
  const answer = await server.inject('/');
  await server.close();
  return answer.statusCode;
}
