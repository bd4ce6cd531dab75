import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Actor, expertErased, notificationsRpc, type PreferenceChoice, preferencesRpc } from '#libs/contracts';
import type { MailCatcher, NatsServer } from '#libs/engines';
import { Clock } from '#libs/service';
import { eventually, smtpServer, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { dataSourceOptions } from '../data-source.js';

const asExpert = (id: string): Actor => ({ kind: 'expert', id });
const HOUR_MS = 3_600_000;

describe('Preferences', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let smtp: MailCatcher;
  let service: Running;
  let refused = 'nobody';
  let refusal = 'Nobody of that name';

  const settled = () => eventually(() => service.settled());
  const get = (actor: Actor) => service.call(preferencesRpc.get, {}, actor);
  const put = (actor: Actor, revision: number, preferences: PreferenceChoice) =>
    service.call(preferencesRpc.put, { revision, preferences }, actor);
  const mailsTo = (id: string) => smtp.mails().filter((mail) => mail.to.some((to) => to.startsWith(id)));
  /** An expert to whom a need is suggested; its firm gets no mail. */
  const suggested = async (expert = service.neighbours.expert()) => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    neighbours.addresses.delete(firm);
    await neighbours.made(neighbours.need(firm), expert);
    await settled();
    return expert;
  };
  const outcome = (id: string) =>
    eventually(async () => {
      const rows = await service.query<{ state: string; last_error: string | null }>(
        `SELECT state, last_error FROM delivery WHERE channel = 'email' AND recipient_id = $1 ORDER BY created_at DESC LIMIT 1`,
        [id],
      );
      expect(rows[0]?.state).not.toBe('pending');
      return `${rows[0]!.state} ${rows[0]!.last_error ?? ''}`.trim();
    });
  const newest = async (id: string) => (await service.inbox(asExpert(id))).items[0]!;

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    smtp = await smtpServer({ refuse: (to) => (to.startsWith(refused) ? refusal : undefined) });
    service = await running(database.url, nats.url, {
      SMTP_URL: smtp.smtpUrl,
      QUIET_HOURS: '',
      PUBLIC_URL: 'https://c.example',
    });
    // The house's quiet hours hold for who chose nothing: it is noon, so that nobody waits for the morning.
    const clock = service.app.get(Clock);
    clock.advance(((36 - clock.now().getUTCHours()) % 24) * HOUR_MS);
  });

  afterAll(async () => {
    await service?.stop();
    await smtp?.close();
    await nats?.stop();
    await database?.drop();
  });

  it('of somebody who chose nothing are the defaults, in the time zone of their country', async () => {
    const expert = service.neighbours.expert();
    expect(await get(asExpert(expert))).toMatchObject({
      id: expert,
      revision: 1,
      quietHours: { from: '20:00', to: '07:00' },
      timeZone: 'Europe/Zurich',
      mailsPerDay: 6,
      pausedUntil: null,
      lang: null,
      mail: { refused: false },
      mutes: [],
      rhythms: { suggested: { inbox: 'now', email: 'now', webhook: 'now' }, 'alert-hit': { email: 'daily' } },
    });
    expect((await get({ kind: 'firm', id: service.neighbours.firm() })).timeZone).toBe('Europe/Rome');
  });

  it('are replaced as a whole, at the revision that was read', async () => {
    const actor = asExpert(service.neighbours.expert());
    const one = await put(actor, 1, { mailsPerDay: 2, rhythms: { suggested: { email: 'weekly' } } });
    expect(one).toMatchObject({ revision: 2, mailsPerDay: 2, rhythms: { suggested: { email: 'weekly' } } });
    await expect(put(actor, 1, {})).rejects.toMatchObject({ code: 'revision-mismatch' });
    expect(await put(actor, 2, { quietHours: null })).toMatchObject({
      revision: 3,
      mailsPerDay: 6,
      quietHours: null,
      rhythms: { suggested: { email: 'now' } },
    });
    const at = await Promise.allSettled([1, 2, 3].map((n) => put(actor, 3, { mailsPerDay: n })));
    expect(at.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('are nobody’s who has no inbox', async () => {
    for (const actor of [{ kind: 'coordinator', territories: ['*'] }, { kind: 'admin' }] as const) {
      await expect(get(actor)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(put(actor, 1, {})).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('are forgotten with their owner, whose late wishes find nobody', async () => {
    const expert = await suggested();
    await put(asExpert(expert), 1, { mailsPerDay: 1 });
    await service.call(notificationsRpc.mute, { id: (await newest(expert)).id }, asExpert(expert));
    await outcome(expert);
    await service.neighbours.publish(expertErased, expert, { expertId: expert, revision: 2 });
    await settled();
    for (const table of ['preference', 'mute', 'unsubscribe_token', 'refused_address', 'notice']) {
      expect(await service.query(`SELECT 1 FROM ${table} WHERE recipient_id = $1`, [expert])).toEqual([]);
    }
    await expect(put(asExpert(expert), 1, {})).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('in a mail', () => {
    const linkOf = async (id: string) => {
      expect(await outcome(id)).toBe('sent');
      const { headers, text } = mailsTo(id)[0]!;
      expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
      const url = /^<(https:\/\/c\.example\/unsubscribe\/([\w-]{43}))>$/.exec(headers['list-unsubscribe'] ?? '');
      expect(text).toContain(url![1]);
      return url![2]!;
    };

    it('have a link that says what it would switch off, and switches it off when it is used', async () => {
      const expert = await suggested();
      const token = await linkOf(expert);
      const nobody: Actor = { kind: 'service', name: 'gateway' };
      const link = { lang: 'it', kinds: ['suggested'], competence: 'visione artificiale' };
      expect(await service.call(preferencesRpc.unsubscription, { token }, nobody)).toEqual({ ...link, done: false });
      expect((await get(asExpert(expert))).rhythms.suggested.email).toBe('now');
      expect(await service.call(preferencesRpc.unsubscribe, { token }, nobody)).toEqual({ ...link, done: true });
      expect((await get(asExpert(expert))).rhythms).toMatchObject({
        suggested: { email: 'never', webhook: 'now' },
        'interest-received': { email: 'now' },
      });
      await suggested(expert);
      expect(await outcome(expert)).toBe('cancelled preferences');
      expect((await service.inbox(asExpert(expert))).unread).toBe(2);
    });

    it('have a link that mutes the competence alone', async () => {
      const expert = await suggested();
      const token = await linkOf(expert);
      await service.call(preferencesRpc.unsubscribe, { token, act: 'mute' }, { kind: 'service', name: 'gateway' });
      const { mutes, rhythms } = await get(asExpert(expert));
      expect(rhythms.suggested.email).toBe('now');
      expect(mutes).toMatchObject([{ kind: 'suggested', competence: 'machine-vision', label: 'visione artificiale' }]);
    });

    it('keep the link where nobody who reads the database can use it', async () => {
      const token = await linkOf(await suggested());
      expect(JSON.stringify(await service.query('SELECT * FROM unsubscribe_token'))).not.toContain(token);
      await expect(
        service.call(preferencesRpc.unsubscribe, { token: 'x'.repeat(43) }, { kind: 'service', name: 'gateway' }),
      ).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  describe('for a reason', () => {
    it('mute the competence of a notice: later ones lie in the inbox, done, and go out nowhere', async () => {
      const expert = await suggested();
      const actor = asExpert(expert);
      const notice = await newest(expert);
      expect(notice.because).toEqual({
        code: 'competence',
        competence: 'machine-vision',
        text: 'Questo avviso arriva perché il profilo ha la competenza «visione artificiale».',
        mutable: true,
      });
      const mute = await service.call(notificationsRpc.mute, { id: notice.id }, actor);
      expect(mute).toMatchObject({ kind: 'suggested', competence: 'machine-vision', label: 'visione artificiale' });
      expect(await service.call(notificationsRpc.mute, { id: notice.id }, actor)).toEqual(mute);
      await suggested(expert);
      const { items, unread } = await service.inbox(actor);
      expect([items.map(({ state }) => state), unread]).toEqual([['done', 'done'], 0]);
      expect((await service.inbox(actor, { after: notice.id })).items).toEqual([]);
      expect(await service.query('SELECT 1 FROM delivery WHERE notice_id = $1', [items[0]!.id])).toEqual([]);
      await service.call(preferencesRpc.unmute, { id: mute.id }, actor);
      expect((await service.call(preferencesRpc.mutes, {}, actor)).items).toEqual([]);
      await suggested(expert);
      expect((await service.inbox(actor)).unread).toBe(1);
    });

    it('tell of other competences as before', async () => {
      const expert = await suggested();
      await service.call(notificationsRpc.mute, { id: (await newest(expert)).id }, asExpert(expert));
      const { neighbours } = service;
      const made = neighbours.suggest(neighbours.need(neighbours.firm()), expert);
      neighbours.suggestions.get(made.suggestionId)!.reasons[0]!.params = { competence: 'sensors' };
      await neighbours.tellMade(made);
      await settled();
      expect((await service.inbox(asExpert(expert))).unread).toBe(1);
    });

    it('stop the mail where the reason could not be asked for when the notice came', async () => {
      const expert = await suggested();
      await outcome(expert);
      await service.call(notificationsRpc.mute, { id: (await newest(expert)).id }, asExpert(expert));
      await service.neighbours.leave('matching');
      await suggested(expert);
      service.neighbours.join('matching');
      await service.query(`UPDATE delivery SET next_at = created_at WHERE recipient_id = $1 AND state = 'pending'`, [
        expert,
      ]);
      expect(await outcome(expert)).toBe('cancelled muted');
    });

    it('are not for requests that wait for an answer, nor for the notices of others', async () => {
      const { neighbours } = service;
      const [expert, other] = [await suggested(), neighbours.expert()];
      const mine = (await newest(expert)).id;
      await expect(service.call(notificationsRpc.mute, { id: mine }, asExpert(other))).rejects.toMatchObject({
        code: 'not-found',
      });
      const mute = await service.call(notificationsRpc.mute, { id: mine }, asExpert(expert));
      await expect(service.call(preferencesRpc.unmute, { id: mute.id }, asExpert(other))).rejects.toMatchObject({
        code: 'not-found',
      });
    });
  });

  describe('of an address that does not exist', () => {
    it('are told in the inbox, and nothing more is sent there until the profile has another one', async () => {
      const { neighbours } = service;
      const expert = neighbours.expert();
      refused = expert;
      await suggested(expert);
      expect(await outcome(expert)).toBe('failed EENVELOPE 550');
      expect(await newest(expert)).toMatchObject({ kind: 'address-refused', state: 'unread', refs: {} });
      expect((await get(asExpert(expert))).mail).toEqual({ refused: true });
      refused = 'nobody';
      await suggested(expert);
      expect(await outcome(expert)).toBe('cancelled address-refused');
      expect(mailsTo(expert)).toEqual([]);
      const kept = JSON.stringify(await service.query('SELECT * FROM refused_address'));
      expect(kept).not.toContain('@');
      neighbours.addresses.set(expert, { ...neighbours.addresses.get(expert)!, email: `${expert}@other.example` });
      await suggested(expert);
      expect(await outcome(expert)).toBe('sent');
      expect((await get(asExpert(expert))).mail).toEqual({ refused: false });
      const closed = (await service.inbox(asExpert(expert))).items.find(({ kind }) => kind === 'address-refused');
      expect(closed!.state).toBe('done');
    });
  });

  describe('of an address that a policy refuses', () => {
    it('do not change: that says nothing of the address', async () => {
      const expert = service.neighbours.expert();
      refused = expert;
      refusal = '5.7.1 Relaying denied';
      await suggested(expert);
      expect(await outcome(expert)).toBe('failed EENVELOPE 550');
      refused = 'nobody';
      expect((await get(asExpert(expert))).mail).toEqual({ refused: false });
      await suggested(expert);
      expect(await outcome(expert)).toBe('sent');
    });
  });

  describe('of when to look at a notice', () => {
    it('put it off until a time, at which it is unread again', async () => {
      const expert = await suggested();
      const actor = asExpert(expert);
      const { id } = await newest(expert);
      const clock = service.app.get(Clock);
      const at = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
      const snoozedUntil = at(HOUR_MS);
      const notice = await service.update(actor, { id, revision: 1, state: 'snoozed', snoozedUntil });
      expect(notice).toMatchObject({ state: 'snoozed', snoozedUntil, revision: 2 });
      expect((await service.inbox(actor)).unread).toBe(0);
      clock.advance(HOUR_MS / 2);
      expect((await service.inbox(actor)).unread).toBe(0);
      clock.advance(HOUR_MS / 2);
      const { items, unread } = await service.inbox(actor, { state: 'unread' });
      expect([items.map((one) => one.id), unread]).toEqual([[id], 1]);
      expect(items[0]).toMatchObject({ state: 'unread', snoozedUntil: null, revision: 3 });
      for (const wrong of [at(-HOUR_MS), at(400 * 24 * HOUR_MS)]) {
        await expect(
          service.update(actor, { id, revision: 3, state: 'snoozed', snoozedUntil: wrong }),
        ).rejects.toMatchObject({ code: 'invalid-body' });
      }
    });
  });
});
