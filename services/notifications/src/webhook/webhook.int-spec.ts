import { describe, expect, it, jest } from '@jest/globals';
import { register } from 'prom-client';
import { Webhook } from 'standardwebhooks';
import { DataSource } from 'typeorm';
import { type Actor, expertErased, webhookMessageSchema } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { type Received, webhookStage } from '../../test/webhooks.js';
import { callOff, forget } from '../notice/tell.js';
import { WebhookSender } from './webhook-sender.js';

const HOUR_MS = 3_600_000;

describe('A webhook', () => {
  const stage = webhookStage();

  describe('brings notices', () => {
    it('as ids and codes, signed so that a receiver of Standard Webhooks can tell who sent them', async () => {
      const expert = stage.someone();
      const { secret } = await stage.hook(expert);
      const news = await stage.happens(expert);
      const [message] = await stage.arrived(1);
      const body = new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>);
      const { data, type } = webhookMessageSchema.strict().parse(body);
      expect(type).toBe('notice.suggested');
      expect(data).toEqual({
        id: expect.any(String),
        kind: 'suggested',
        refs: { opportunityId: news.opportunityId, suggestionId: news.suggestionId },
        recipient: expert,
        createdAt: expect.any(String),
      });
      const { items } = await stage.service.inbox(expert);
      expect(items.map(({ id }) => id)).toEqual([data.id]);
      expect(message!.headers['content-type']).toBe('application/json');
      for (const altered of [`${message!.body} `, message!.body.replace('suggested', 'suggestex')]) {
        expect(() => new Webhook(secret).verify(altered, message!.headers as Record<string, string>)).toThrow();
      }
      // Sent once more by somebody who kept it: too old after five minutes.
      const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 301_000);
      const again = () => new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>);
      expect(again).toThrow(/timestamp/i);
      later.mockRestore();
      expect(again).not.toThrow();
    });

    it('to each of the owner’s endpoints once, of the kinds it asked for', async () => {
      const firm = stage.someone('firm');
      await stage.hook(firm);
      await stage.hook(firm, { path: `${stage.path}/ready`, kinds: ['suggestions-ready'] });
      await stage.happens(firm, 'suggested');
      await stage.happens(firm, 'suggestions-ready');
      await stage.arrived(2);
      await stage.arrived(1, `${stage.path}/ready`);
      expect(stage.receiver.at(`${stage.path}/ready`)[0]!.body).toContain('notice.suggestions-ready');
    });

    it('of everybody to the platform’s own, and to nobody else those of others', async () => {
      const [one, other] = [stage.someone(), stage.someone()];
      await stage.hook(one);
      await stage.hook({ kind: 'coordinator', territories: ['*'] }, { path: `${stage.path}/all` });
      await stage.happens(one);
      await stage.happens(other);
      const all = await stage.arrived(2, `${stage.path}/all`);
      expect(all.map(({ body }) => JSON.parse(body).data.recipient.id).sort()).toEqual([one.id, other.id].sort());
      expect(await stage.arrived(1)).toHaveLength(1);
    });

    it('with two signatures for a day after its secret was changed', async () => {
      const expert = stage.someone();
      const { id, secret: old } = await stage.hook(expert);
      const { secret, previousSecretUntil } = await stage.call('rotate', expert, { id });
      expect(Date.parse(previousSecretUntil ?? '') - stage.clock.now().getTime()).toBeGreaterThan(23 * HOUR_MS);
      await stage.happens(expert);
      const [message] = await stage.arrived(1);
      const verify = (key: string, { body, headers }: Received) =>
        new Webhook(key).verify(body, headers as Record<string, string>);
      expect([verify(old, message!), verify(secret, message!)]).toHaveLength(2);
      await stage.service.query(`UPDATE webhook SET previous_until = $2 WHERE id = $1`, [id, stage.clock.now()]);
      await stage.happens(expert);
      const [, later] = await stage.arrived(2);
      expect(verify(secret, later!)).toBeDefined();
      expect(() => verify(old, later!)).toThrow();
      expect((await stage.call('get', expert, { id })).previousSecretUntil).toBeNull();
    });

    it('not once their cause was called off, nor after their owner was erased', async () => {
      const expert = stage.someone();
      const { id } = await stage.hook(expert);
      stage.receiver.status.set(stage.path, 500);
      const news = await stage.happens(expert);
      await stage.arrived(1);
      await stage.waiting(expert, id);
      const source = stage.service.app.get(DataSource);
      await source.transaction((manager) => callOff(manager, 'suggested', [news.aboutId], stage.clock.now()));
      stage.clock.advance(HOUR_MS);
      stage.service.app.get(WebhookSender).wake();
      expect(await stage.settled(expert, id, 'cancelled')).toMatchObject([{ lastError: 'called-off', attempts: 2 }]);
      await source.transaction((manager) => forget(manager, 'expert', expert.id, stage.clock.now()));
      await expect(stage.call('get', expert, { id })).rejects.toMatchObject({ code: 'not-found' });
      await expect(stage.hook(expert)).rejects.toMatchObject({ code: 'forbidden' });
      expect(stage.receiver.at(stage.path)).toHaveLength(1);
    });

    it('never of those who are erased by an event', async () => {
      const expert = stage.someone();
      const { id } = await stage.hook(expert);
      await stage.service.neighbours.publish(expertErased, expert.id, { expertId: expert.id, revision: 9 });
      await eventually(async () =>
        expect(await stage.service.query('SELECT id FROM webhook WHERE id = $1', [id])).toEqual([]),
      );
    });
  });

  describe('belongs to its owner', () => {
    it('and is not there for anybody else', async () => {
      const firm = stage.someone('firm');
      const { id } = await stage.hook(firm);
      for (const other of [
        stage.someone('firm'),
        { kind: 'expert', id: firm.id },
        { kind: 'coordinator', territories: ['*'] },
      ] as Actor[]) {
        for (const what of ['get', 'remove', 'rotate', 'enable', 'test', 'deliveries'] as const) {
          await expect(stage.call(what, other, { id })).rejects.toMatchObject({ code: 'not-found' });
        }
        const since = stage.clock.now().toISOString();
        await expect(stage.call('replay', other, { id, since })).rejects.toMatchObject({ code: 'not-found' });
        expect((await stage.call('list', other, {})).items).toEqual([]);
      }
      expect((await stage.call('list', firm, {})).items.map((one) => one.id)).toEqual([id]);
    });

    it('and nobody who is responsible for a part of the people hears of all of them', async () => {
      const partly: Actor[] = [
        { kind: 'coordinator', territories: ['CH070'] },
        { kind: 'facilitator', cluster: 'invented', territories: ['*'] },
        { kind: 'account', id: stage.someone().id, scopes: ['write'] },
        { kind: 'service', name: 'matching' },
      ];
      for (const actor of partly) {
        await expect(stage.hook(actor)).rejects.toMatchObject({ code: 'forbidden' });
        await expect(stage.call('list', actor, {})).rejects.toMatchObject({ code: 'forbidden' });
      }
      const firm = stage.someone('firm');
      const key: Actor = { kind: 'account', id: stage.someone().id, scopes: ['write'], firm: firm.id };
      const { id } = await stage.hook(key);
      expect(await stage.call('get', firm, { id })).toMatchObject({ id });
    });

    it('who may have ten', async () => {
      const expert = stage.someone();
      const made = await Promise.allSettled(Array.from({ length: 12 }, () => stage.hook(expert)));
      expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      const page = await stage.call('list', expert, { limit: 4 });
      const rest = await stage.call('list', expert, { limit: 100, cursor: page.nextCursor! });
      expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([4, 6, null]);
    });

    it('who can try it, and take it away', async () => {
      const expert = stage.someone();
      const { id, secret } = await stage.hook(expert);
      const { id: ping } = await stage.call('test', expert, { id });
      const [message] = await stage.arrived(1);
      expect(stage.receiver.ids(stage.path)).toEqual([ping]);
      expect(new Webhook(secret).verify(message!.body, message!.headers as Record<string, string>)).toEqual({
        type: 'ping',
        timestamp: expect.any(String),
        data: { webhookId: id },
      });
      expect(await stage.settled(expert, id, 'sent')).toMatchObject([{ type: 'ping', attempts: 1, noticeId: null }]);
      await stage.call('remove', expert, { id });
      await stage.happens(expert);
      await expect(stage.call('get', expert, { id })).rejects.toMatchObject({ code: 'not-found' });
      expect(stage.receiver.at(stage.path)).toHaveLength(1);
    });

    it('and is changed only at the revision that the owner knows', async () => {
      const expert = stage.someone();
      const { id, revision } = await stage.hook(expert);
      await stage.call('rotate', expert, { id, revision });
      await expect(stage.call('rotate', expert, { id, revision })).rejects.toMatchObject({ code: 'revision-mismatch' });
    });

    it('and is counted for the operator', async () => {
      await stage.hook(stage.someone());
      const text = await register.metrics();
      expect(text).toMatch(/ceresio_webhook_endpoints\{state="enabled"\} [1-9]/);
      expect(text).toMatch(/ceresio_webhook_messages\{state="sent"\} [1-9]/);
    });
  });
});
