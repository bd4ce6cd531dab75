import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { type Alert, alertsRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

type Request<T extends keyof typeof alertsRpc> = z.output<(typeof alertsRpc)[T]['request']>;

const ID = '01900000-0000-7000-8000-000000000001';
const OWNER = 'firm:01900000-0000-7000-8000-0000000000f1';
const alert = (more: Partial<Alert> = {}): Alert => ({
  ...{ id: ID, revision: 1, name: null, seek: 'experts', text: 'visione artificiale', competences: [], filters: null },
  ...{ prefer: null, rhythm: 'daily', paused: false, lang: null, hits: 0, lastHitAt: null },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
  ...more,
});
let removed: Request<'remove'> | undefined;

@Controller()
class Matching {
  @Rpc(alertsRpc.create)
  create({ seek, rhythm }: Request<'create'>) {
    return alert({ seek, rhythm });
  }
  @Rpc(alertsRpc.update)
  update({ revision, patch }: Request<'update'>) {
    return alert({ revision: revision + 1, rhythm: patch.rhythm ?? 'daily' });
  }
  @Rpc(alertsRpc.remove)
  remove(data: Request<'remove'>) {
    removed = data;
    return { id: data.id };
  }
}

describe('Saved searches over HTTP', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const post = (body: unknown) => gateway.ask(OWNER, 'POST', '/v1/alerts', body);

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Matching]);
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  it('are made at an address of their own, daily unless told otherwise', async () => {
    const { status, body, headers } = await post({ seek: 'partners', competences: ['machine-vision'] });
    expect([status, headers.get('location'), headers.get('etag')]).toEqual([
      201,
      `/v1/alerts/${ID}`,
      expect.stringMatching(/^"1-/),
    ]);
    expect(body).toMatchObject({ seek: 'partners', rhythm: 'daily' });
  });

  it('need something to search for, and a rhythm that there is', async () => {
    expect(await post({ seek: 'experts' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/text' }] } });
    const hourly = await post({ seek: 'experts', text: 'brevetti', rhythm: 'hourly' });
    expect(hourly).toMatchObject({ status: 400, body: { errors: [{ pointer: '/rhythm' }] } });
  });

  it('are changed at the revision that one knows, and not into another kind', async () => {
    const path = `/v1/alerts/${ID}`;
    expect((await gateway.ask(OWNER, 'PATCH', path, { rhythm: 'now' })).status).toBe(428);
    const changed = await gateway.ask(OWNER, 'PATCH', path, { rhythm: 'now' }, { 'if-match': '"3"' });
    expect(changed).toMatchObject({ status: 200, body: { revision: 4, rhythm: 'now' } });
    expect((await gateway.ask(OWNER, 'PATCH', path, { seek: 'partners' }, { 'if-match': '"3"' })).status).toBe(400);
  });

  it('are removed', async () => {
    expect((await gateway.ask(OWNER, 'DELETE', `/v1/alerts/${ID}`)).status).toBe(204);
    expect(removed).toEqual({ id: ID });
  });
});
