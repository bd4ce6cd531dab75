import { describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { webhookStage } from '../../test/webhooks.js';
import { WebhookSender } from './webhook-sender.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('A webhook that fails', () => {
  const stage = webhookStage();

  it('is tried again under the same id, after pauses that grow, until it succeeds', async () => {
    const expert = stage.someone();
    const { id } = await stage.hook(expert);
    stage.receiver.status.set(stage.path, 503);
    await stage.happens(expert);
    await stage.arrived(1);
    const first = await stage.waiting(expert, id);
    expect(first).toMatchObject({ attempts: 1, lastError: 'HTTP 503' });
    stage.clock.advance(10_000);
    stage.service.app.get(WebhookSender).wake();
    await stage.arrived(2);
    await eventually(async () =>
      expect(await stage.call('get', expert, { id })).toMatchObject({ failures: 2, state: 'enabled' }),
    );
    const second = await stage.waiting(expert, id);
    expect(second.attempts).toBe(2);
    // A minute after the second attempt, which was not before the first pause was over.
    expect(Date.parse(second.nextAt!) - Date.parse(first.nextAt!)).toBeGreaterThanOrEqual(60_000);
    stage.receiver.status.delete(stage.path);
    stage.clock.advance(75_000);
    stage.service.app.get(WebhookSender).wake();
    await stage.settled(expert, id, 'sent');
    expect(new Set(stage.receiver.ids(stage.path))).toEqual(new Set([first.id]));
    expect(stage.receiver.at(stage.path)).toHaveLength(3);
    expect(await stage.call('get', expert, { id })).toMatchObject({ failures: 0, lastSentAt: expect.any(String) });
  });

  it('is left alone for a while, so that a hundred waiting messages are not a hundred failures', async () => {
    const expert = stage.someone();
    const { id } = await stage.hook(expert);
    stage.receiver.status.set(stage.path, 500);
    await stage.happens(expert);
    await stage.waiting(expert, id);
    stage.clock.advance(10_000);
    stage.service.app.get(WebhookSender).wake();
    await stage.arrived(2);
    await eventually(async () => expect((await stage.call('get', expert, { id })).failures).toBe(2));
    for (let n = 0; n < 20; n++) await stage.happens(expert);
    await stage.settled(expert, id, 'pending', 21);
    stage.service.app.get(WebhookSender).wake();
    // Heard by another endpoint, so a look for what is due has been taken since.
    const other = stage.someone();
    await stage.hook(other, { path: `${stage.path}/other` });
    await stage.happens(other);
    await stage.arrived(1, `${stage.path}/other`);
    expect(stage.receiver.at(stage.path)).toHaveLength(2);
  });

  it('does not hold up the others', async () => {
    const slow = stage.someone();
    const quick = stage.someone();
    const { id } = await stage.hook(slow, { path: `${stage.path}/slow` });
    stage.receiver.silent.add(`${stage.path}/slow`);
    await stage.hook(quick);
    for (let n = 0; n < 20; n++) await stage.happens(slow);
    await stage.arrived(2, `${stage.path}/slow`);
    for (let n = 0; n < 20; n++) await stage.happens(quick);
    await stage.arrived(20);
    expect(stage.receiver.at(`${stage.path}/slow`)).toHaveLength(2);
    stage.receiver.release(`${stage.path}/slow`);
    await stage.call('remove', slow, { id });
  });

  it('is switched off at once when it answers 410, and its owner is told', async () => {
    const expert = stage.someone();
    const { id } = await stage.hook(expert);
    const second = await stage.hook(expert, { path: `${stage.path}/other` });
    stage.receiver.status.set(stage.path, 410);
    await stage.happens(expert);
    await eventually(async () =>
      expect(await stage.call('get', expert, { id })).toMatchObject({ state: 'disabled', disabledBecause: 'gone' }),
    );
    const { items } = await stage.service.inbox(expert);
    expect(items.map(({ kind, refs }) => [kind, refs.webhookId])).toContainEqual(['webhook-disabled', id]);
    // The other endpoint hears of it as of any notice.
    const heard = await stage.arrived(2, `${stage.path}/other`);
    const told = heard.map(({ body }) => JSON.parse(body)).find(({ type }) => type === 'notice.webhook-disabled');
    expect(told.data.refs).toEqual({ webhookId: id });
    await stage.happens(expert);
    await stage.arrived(3, `${stage.path}/other`);
    expect(stage.receiver.at(stage.path)).toHaveLength(1);
    expect(await stage.call('get', expert, { id: second.id })).toMatchObject({ state: 'enabled' });
  });

  it('is switched off after ten failures over a day; enabled again it misses nothing by a replay', async () => {
    const firm = stage.someone('firm');
    const { id } = await stage.hook(firm);
    stage.receiver.status.set(stage.path, 500);
    const since = stage.clock.now().toISOString();
    await stage.happens(firm);
    const sender = stage.service.app.get(WebhookSender);
    for (let failures = 1; failures <= 10; failures++) {
      await eventually(async () => expect((await stage.call('get', firm, { id })).failures).toBe(failures));
      if (failures === 8) {
        // The first message is given up after its eighth attempt; another one takes its place.
        await stage.settled(firm, id, 'failed');
        await stage.happens(firm);
      }
      stage.clock.advance(failures < 9 ? 29 * HOUR_MS : HOUR_MS + 1);
      sender.wake();
    }
    await eventually(async () =>
      expect(await stage.call('get', firm, { id })).toMatchObject({ state: 'disabled', disabledBecause: 'failing' }),
    );
    await expect(stage.call('test', firm, { id })).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(stage.call('replay', firm, { id, since })).rejects.toMatchObject({ code: 'wrong-state' });
    const missed = await stage.happens(firm);
    // Nobody heard of it: the webhook was off at that moment.
    await eventually(async () =>
      expect(
        await stage.service.query(
          `SELECT d.last_error FROM delivery d JOIN notice n ON n.id = d.notice_id
           WHERE d.channel = 'webhook' AND n.about_id = $1 AND d.state = 'cancelled'`,
          [missed.aboutId],
        ),
      ).toEqual([{ last_error: 'no-endpoint' }]),
    );
    stage.receiver.status.delete(stage.path);
    expect(await stage.call('enable', firm, { id })).toMatchObject({ state: 'enabled', failures: 0 });
    const before = stage.receiver.at(stage.path).length;
    // Two that failed, one that came while it was off, and the notice of its end.
    expect(await stage.call('replay', firm, { id, since })).toEqual({ queued: 4 });
    const all = await stage.arrived(before + 4);
    expect(JSON.stringify(all)).toContain(missed.opportunityId);
    await stage.settled(firm, id, 'sent', 4);
    await expect(
      stage.call('replay', firm, { id, since: new Date(stage.clock.now().getTime() - 31 * DAY_MS).toISOString() }),
    ).rejects.toMatchObject({ code: 'invalid-body' });
  });
});
