import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { Controller } from '@nestjs/common';
import { type CallContext, inboxHintSubject, type Notice, notificationsRpc } from '#libs/contracts';
import { connectNats } from '#libs/messaging';
import { Rpc } from '#libs/service';
import { eventually, testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const EXPERT = '01900000-0000-7000-8000-00000000000a';
const notice = (n: number): Notice => ({
  id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  revision: 1,
  kind: 'suggested',
  state: 'unread',
  snoozedUntil: null,
  because: { code: 'match', competence: null, text: 'It fits', mutable: true },
  title: `Notice ${n}`,
  text: 'two\nlines',
  reasons: [],
  refs: {},
  createdAt: '2026-01-01T00:00:00.000Z',
});
let notices: Notice[] = [];
let down = false;

@Controller()
class Notifications {
  @Rpc(notificationsRpc.inbox)
  inbox({ after, limit }: { after?: string; limit: number }, ctx: CallContext) {
    if (down) throw new Error('the database is away');
    const own = ctx.actor.kind === 'expert' && ctx.actor.id === EXPERT ? notices : [];
    const asked = after ? own.filter((one) => one.id > after) : [...own].reverse();
    return { items: asked.slice(0, limit), nextCursor: null, unread: own.length };
  }
}

/** Reads a stream until it ends; what has come so far is in `text`. */
function listen(response: Response) {
  const stream = {
    text: '',
    ended: false,
    ids: () => [...stream.text.matchAll(/^id: (.*)$/gm)].map((match) => match[1]),
  };
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body!) stream.text += decoder.decode(chunk, { stream: true });
  })()
    .catch(() => {})
    .finally(() => {
      stream.ended = true;
    });
  return stream;
}

describe('The stream of notices', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  let hinting: NatsConnection;
  const opened: AbortController[] = [];

  const open = async (headers: Record<string, string> = {}, token?: string) => {
    const abort = new AbortController();
    opened.push(abort);
    const authorization = `Bearer ${token ?? (await gateway.token(`expert:${EXPERT}`))}`;
    return fetch(`${gateway.url}/v1/inbox/stream`, { headers: { authorization, ...headers }, signal: abort.signal });
  };
  const arrive = (n: number) => {
    notices.push(notice(n));
    hinting.publish(inboxHintSubject({ kind: 'expert', id: EXPERT }), JSON.stringify({ id: notice(n).id }));
  };

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Notifications]);
    hinting = await connectNats(nats.url, 'hinting');
  });
  beforeEach(() => {
    notices = [notice(1), notice(2)];
    down = false;
  });
  afterAll(async () => {
    for (const abort of opened) abort.abort();
    await hinting.close();
    await gateway.stop();
    await nats.stop();
  });

  it('brings what is new from now on, each notice once and in order', async () => {
    const response = await open();
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const stream = listen(response);
    for (let n = 3; n <= 150; n++) arrive(n);
    await eventually(() => expect(stream.ids()).toHaveLength(148));
    expect(stream.ids()).toEqual(notices.slice(2).map((one) => one.id));
    const data = /^event: notice\ndata: (.*)$/m.exec(stream.text)?.[1];
    expect(JSON.parse(data ?? '')).toEqual(notice(3));
  });

  it('is described to who asks for its headers alone, without being opened', async () => {
    const answer = await gateway.ask(`expert:${EXPERT}`, 'HEAD', '/v1/inbox/stream');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });

  it('resumes after the last event that was received', async () => {
    const stream = listen(await open({ 'last-event-id': notice(1).id }));
    await eventually(() => expect(stream.ids()).toEqual([notice(2).id]));
  });

  it('begins in an inbox that was empty', async () => {
    notices = [];
    const stream = listen(await open());
    arrive(1);
    arrive(2);
    await eventually(() => expect(stream.ids()).toEqual([notice(1).id, notice(2).id]));
  });

  it('outlives a moment in which the inbox cannot be asked', async () => {
    const stream = listen(await open());
    await eventually(() => expect(stream.text).toContain('connected'));
    down = true;
    arrive(3);
    down = false;
    arrive(4);
    await eventually(() => expect(stream.ids()).toEqual([notice(3).id, notice(4).id]));
  });

  it('brings nobody the notices of others', async () => {
    const stream = listen(await open({}, await gateway.token('firm:01900000-0000-7000-8000-00000000000a')));
    const own = listen(await open());
    arrive(3);
    await eventually(() => expect(own.ids()).toEqual([notice(3).id]));
    expect(stream.ids()).toEqual([]);
  });

  it('ends when the token does', async () => {
    // Within the tolerance for clocks that differ: good for another second.
    const exp = Math.floor(Date.now() / 1000) - 59;
    const stream = listen(await open({}, await gateway.token(`expert:${EXPERT}`, { exp })));
    await eventually(() => expect(stream.ended).toBe(true));
  });

  it('ends when the gateway stops, at once', async () => {
    const stream = listen(await open());
    await eventually(() => expect(stream.text).toContain('connected'));
    await gateway.stopGateway();
    await eventually(() => expect(stream.ended).toBe(true));
  });
});
