import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { type CallContext, NOTICE_KINDS, notificationsRpc, Problem, preferencesRpc } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const ID = '01900000-0000-7000-8000-00000000000a';
const FIRM = `firm:${ID}`;
const MUTE = {
  id: ID,
  kind: 'suggested' as const,
  competence: 'sensors',
  label: 'sensori',
  createdAt: '2026-01-01T00:00:00.000Z',
};
const PREFERENCES = {
  id: ID,
  revision: 3,
  rhythms: Object.fromEntries(
    NOTICE_KINDS.map((kind) => [kind, { inbox: 'now', email: 'now', webhook: 'now' }]),
  ) as never,
  quietHours: null,
  timeZone: 'Europe/Rome',
  pausedUntil: null,
  lang: null,
  mailsPerDay: 6,
  mail: { refused: false },
  mutes: [MUTE],
};
let asked: unknown[] = [];

@Controller()
class Notifications {
  @Rpc(preferencesRpc.get)
  get(_: unknown, { actor }: CallContext) {
    if (actor.kind === 'coordinator') throw new Problem('forbidden', 'Only firms and experts are told');
    return PREFERENCES;
  }
  @Rpc(preferencesRpc.put)
  put(data: { revision: number }) {
    asked.push(data);
    if (data.revision !== 3) throw new Problem('revision-mismatch', 'Changed meanwhile');
    return { ...PREFERENCES, revision: 4 };
  }
  @Rpc(preferencesRpc.unmute)
  unmute(data: { id: string }) {
    asked.push(data);
    return data;
  }
  @Rpc(notificationsRpc.mute)
  mute(data: { id: string }) {
    asked.push(data);
    return MUTE;
  }
  @Rpc(notificationsRpc.update)
  update(data: unknown): never {
    asked.push(data);
    throw new Problem('not-found', 'There is no such notice');
  }
}

describe('Preferences', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const put = (body: unknown, headers: Record<string, string> = { 'if-match': '"3"' }) =>
    gateway.ask(FIRM, 'PUT', '/v1/preferences', body, headers);

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Notifications]);
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    await gateway?.stop();
    await nats?.stop();
  });

  it('are read with their ETag, and written at the one that was read', async () => {
    const read = await gateway.ask(FIRM, 'GET', '/v1/preferences');
    expect([read.status, read.headers.get('etag')]).toEqual([200, expect.stringMatching(/^"3-/)]);
    const written = await put({ quietHours: null });
    expect([written.status, written.headers.get('etag')]).toEqual([200, expect.stringMatching(/^"4-/)]);
    expect(asked).toEqual([{ revision: 3, preferences: { quietHours: null } }]);
    expect((await put({}, {})).status).toBe(428);
    expect((await put({}, { 'if-match': '"2"' })).status).toBe(412);
  });

  it('may be sent back as they were read', async () => {
    const { body } = await gateway.ask(FIRM, 'GET', '/v1/preferences');
    expect((await put({ ...body, mailsPerDay: 2 })).status).toBe(200);
    const { id: _id, revision: _revision, mail: _mail, mutes: _mutes, ...choice } = PREFERENCES;
    expect(asked).toEqual([{ revision: 3, preferences: { ...choice, mailsPerDay: 2 } }]);
  });

  it.each([
    [{ quietHours: { from: '20:00', to: '25:00' } }, '/quietHours/to'],
    [{ quietHours: { from: '20:00', to: '20:00' } }, '/quietHours/to'],
    [{ timeZone: 'Europe/Ceresio' }, '/timeZone'],
    [{ timeZone: '+02:00' }, '/timeZone'],
    [{ mailsPerDay: 0 }, '/mailsPerDay'],
    [{ rhythms: { suggested: { email: 'hourly' } } }, '/rhythms/suggested/email'],
    [{ rhythms: { suggested: { inbox: 'never' } } }, '/rhythms/suggested/inbox'],
    [{ rhythms: { unheard: { email: 'now' } } }, '/rhythms/unheard'],
    [{ quiet: true }, '/quiet'],
  ])('refuse %j', async (body, pointer) => {
    const answer = await put(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-body', errors: [{ pointer }] } });
    expect(asked).toEqual([]);
  });

  it('are none of a coordinator’s', async () => {
    expect((await gateway.ask('coordinator', 'GET', '/v1/preferences')).status).toBe(403);
  });

  it('know what was muted from a notice, and end it', async () => {
    const muted = await gateway.ask(FIRM, 'POST', `/v1/inbox/${ID}/mute`, {});
    expect(muted).toMatchObject({ status: 200, body: MUTE });
    expect((await gateway.ask(FIRM, 'DELETE', `/v1/preferences/mutes/${ID}`)).status).toBe(204);
    expect(asked).toEqual([{ id: ID }, { id: ID }]);
  });

  it('do not let a notice be snoozed without an end', async () => {
    const patch = (body: object) => gateway.ask(FIRM, 'PATCH', `/v1/inbox/${ID}`, body, { 'if-match': '"1"' });
    for (const body of [{ state: 'snoozed' }, { state: 'read', snoozedUntil: '2026-12-01T08:00:00Z' }]) {
      expect(await patch(body)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/snoozedUntil' }] } });
    }
    expect((await patch({ state: 'snoozed', snoozedUntil: '2026-12-01T08:00:00+01:00' })).status).toBe(404);
  });
});
