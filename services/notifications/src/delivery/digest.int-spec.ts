import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { type Actor, interestExpressed, type PreferenceChoice, preferencesRpc } from '#libs/contracts';
import type { MailCatcher, NatsServer } from '#libs/engines';
import { eventually, smtpServer, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { EmailChannel } from '../channel/email.channel.js';
import { dataSourceOptions } from '../data-source.js';
import { DeliveryService } from './delivery.service.js';
import { Sender } from './sender.js';

const asExpert = (id: string): Actor => ({ kind: 'expert', id });
// A Monday, in winter: Rome is an hour ahead of the world's clock.
const MONDAY_NOON = '2030-01-07T11:00:00Z';
const TUESDAY_BEFORE_EIGHT = '2030-01-08T06:59:59Z';
const TUESDAY_EIGHT = '2030-01-08T07:00:00Z';
const TUESDAY_NOON = '2030-01-08T11:00:00Z';
const NEXT_MONDAY_EIGHT = '2030-01-14T07:00:00Z';

describe('A digest', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let smtp: MailCatcher;
  let service: Running;

  const sendDue = (at: string) => service.app.get(Sender).sendDue(service.app.get(EmailChannel), new Date(at));
  const drain = async (at: string) => {
    while ((await sendDue(at)) > 0);
  };
  const mailsTo = (id: string) =>
    smtp
      .mails()
      .filter((mail) => mail.to.includes(`${id}@example.org`))
      .reverse();
  const expert = async (choice: PreferenceChoice = {}) => {
    const id = service.neighbours.expert();
    await choose(id, choice);
    return id;
  };
  const choose = async (id: string, preferences: PreferenceChoice) => {
    const { revision } = await service.call(preferencesRpc.get, {}, asExpert(id));
    await service.call(preferencesRpc.put, { revision, preferences }, asExpert(id));
  };
  const daily: PreferenceChoice = { rhythms: { suggested: { email: 'daily' } } };
  /** Suggests somebody for a need of each title; the later, the better. */
  const suggest = async (id: string, titles: string[]) => {
    const { neighbours } = service;
    const firm = neighbours.firm();
    neighbours.addresses.delete(firm);
    const made = [];
    for (const [index, title] of titles.entries()) {
      const one = neighbours.suggest(neighbours.need(firm, title), id);
      neighbours.suggestions.get(one.suggestionId)!.score = 0.5 + index / 1000;
      await neighbours.tellMade(one);
      made.push(one);
    }
    await eventually(() => service.settled());
    return made;
  };
  const titlesIn = (text: string) => [...text.matchAll(/^\* .*: (.*)$/gm)].map((match) => match[1]);
  const states = (id: string) =>
    service.query<{ state: string; last_error: string | null }>(
      `SELECT state, last_error FROM delivery WHERE channel = 'email' AND recipient_id = $1 ORDER BY id`,
      [id],
    );

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    smtp = await smtpServer();
    service = await running(database.url, nats.url, {
      SMTP_URL: smtp.smtpUrl,
      MAIL_FROM: 'Ceresio <notices@ceresio.example>',
      MAILS_PER_DAY: '3',
    });
    await service.app.get(Sender).beforeApplicationShutdown();
  });

  afterAll(async () => {
    await service?.stop();
    await smtp?.close();
    await nats?.stop();
    await database?.drop();
  });

  it('holds everything that fell in, the best suggestions first, and nothing twice', async () => {
    const id = await expert(daily);
    await suggest(id, ['uno', 'due', 'tre']);
    await drain(MONDAY_NOON);
    await drain(TUESDAY_BEFORE_EIGHT);
    expect(mailsTo(id)).toEqual([]);
    await drain(TUESDAY_EIGHT);
    await drain(TUESDAY_NOON);
    expect(mailsTo(id).map((mail) => titlesIn(mail.text))).toEqual([['tre', 'due', 'uno']]);
    expect(mailsTo(id)[0]!.subject).toMatch(/^3 avvisi – Tessitura Inventata Srl \(Italia\) cerca: tre$/);
    await suggest(id, ['quattro']);
    await drain(TUESDAY_NOON);
    await drain('2030-01-09T07:00:00Z');
    expect(mailsTo(id)).toHaveLength(2);
    expect(mailsTo(id)[1]!.text).not.toContain('tre');
  });

  it('of a week goes out on Monday', async () => {
    const id = await expert({ rhythms: { suggested: { email: 'weekly' } } });
    await suggest(id, ['uno', 'due']);
    await drain(TUESDAY_NOON);
    await drain('2030-01-13T12:00:00Z');
    expect(mailsTo(id)).toEqual([]);
    await drain(NEXT_MONDAY_EIGHT);
    expect(mailsTo(id)).toHaveLength(1);
  });

  it('is the same one again when its sender died: same Message-ID, same notices, with what came later left for the next', async () => {
    const id = await expert(daily);
    await suggest(id, ['uno', 'due']);
    await drain(MONDAY_NOON);
    const [deliveries, email] = [service.app.get(DeliveryService), service.app.get(EmailChannel)];
    const { letters } = await deliveries.claim(email, new Date(TUESDAY_EIGHT));
    await email.deliver(letters, async () => {
      // Dead: what was sent is never written down.
    });
    await suggest(id, ['tre']);
    await drain('2030-01-08T07:01:00Z');
    expect(mailsTo(id)).toHaveLength(1);
    await drain('2030-01-08T07:04:00Z');
    const [first, second] = mailsTo(id);
    expect(titlesIn(first!.text)).toEqual(['due', 'uno']);
    expect(titlesIn(second!.text)).toEqual(['due', 'uno']);
    expect(second!.headers['message-id']).toBe(first!.headers['message-id']);
    await drain('2030-01-09T07:00:00Z');
    expect(mailsTo(id)).toHaveLength(3);
    expect(mailsTo(id)[2]!.subject).toContain('tre');
  });

  it('leaves out what was read meanwhile and what has gone, and does not come when nothing is left', async () => {
    const id = await expert(daily);
    const [gone] = await suggest(id, ['andato', 'letto', 'rimasto']);
    await drain(MONDAY_NOON);
    const { items } = await service.inbox(asExpert(id));
    const read = items.find(({ title }) => title.endsWith('letto'))!;
    await service.update(asExpert(id), { id: read.id, revision: 1, state: 'read' });
    service.neighbours.cards.delete(gone!.opportunityId);
    await drain(TUESDAY_EIGHT);
    expect(mailsTo(id).map((mail) => mail.subject)).toEqual([expect.stringContaining('rimasto')]);
    expect((await states(id)).map((row) => row.last_error ?? row.state).sort()).toEqual(['gone', 'read', 'sent']);

    const other = await expert(daily);
    const [only] = await suggest(other, ['solo']);
    await drain(TUESDAY_NOON);
    service.neighbours.cards.delete(only!.opportunityId);
    await drain('2030-01-09T07:00:00Z');
    expect(mailsTo(other)).toEqual([]);
    expect(await states(other)).toEqual([{ state: 'cancelled', last_error: 'gone' }]);
  });

  it('waits as a whole while somebody cannot be asked', async () => {
    const id = await expert(daily);
    await suggest(id, ['uno', 'due']);
    await drain(MONDAY_NOON);
    await service.neighbours.leave('matching');
    await drain(TUESDAY_EIGHT);
    expect(mailsTo(id)).toEqual([]);
    service.neighbours.join('matching');
    await drain(TUESDAY_NOON);
    expect(mailsTo(id).map((mail) => titlesIn(mail.text))).toEqual([['due', 'uno']]);
  });

  it('takes what is above the cap of a day, whose last place nobody gets twice', async () => {
    const id = await expert();
    // More than one sender takes at a time, so that several have to share the day's places.
    const titles = Array.from({ length: 70 }, (_, n) => `numero ${n}`);
    await suggest(id, titles);
    await Promise.all([1, 2, 3, 4].map(() => sendDue(MONDAY_NOON)));
    await drain(MONDAY_NOON);
    expect(mailsTo(id)).toHaveLength(3);
    await suggest(id, ['h']);
    await drain('2030-01-07T22:59:00Z');
    expect(mailsTo(id)).toHaveLength(3);
    await drain(TUESDAY_EIGHT);
    expect(mailsTo(id)).toHaveLength(4);
    expect(titlesIn(mailsTo(id)[3]!.text)).toHaveLength(titles.length - 3 + 1);
  });

  it('is complete however much fell in, and one letter for however many senders look for it', async () => {
    const id = await expert(daily);
    const titles = Array.from({ length: 45 }, (_, n) => `numero ${n}`);
    await suggest(id, titles);
    await drain(MONDAY_NOON);
    await Promise.all([1, 2, 3].map(() => sendDue(TUESDAY_EIGHT)));
    await drain(TUESDAY_EIGHT);
    expect(mailsTo(id).map((mail) => titlesIn(mail.text))).toEqual([[...titles].reverse()]);
  });

  it('of a week is not given up at its first failure because its notices are older than the patience', async () => {
    const id = await expert({ rhythms: { suggested: { email: 'weekly' } } });
    await suggest(id, ['uno']);
    await drain(TUESDAY_NOON);
    const deliveries = service.app.get(DeliveryService);
    const fail = async (at: string) => {
      const claim = await deliveries.claim(service.app.get(EmailChannel), new Date(at));
      const { deliveryId } = claim.letters.find(({ notice }) => notice.recipientId === id)!;
      await deliveries.settle(claim, deliveryId, { state: 'retry', reason: 'ETIMEDOUT' }, new Date(at));
    };
    await fail(NEXT_MONDAY_EIGHT);
    expect(await states(id)).toEqual([{ state: 'pending', last_error: 'ETIMEDOUT' }]);
    await fail('2030-01-19T08:00:00Z');
    expect(await states(id)).toEqual([{ state: 'failed', last_error: 'given up: ETIMEDOUT' }]);
  });

  it('takes what came in a pause, when that is over', async () => {
    const id = await expert({ pausedUntil: '2030-01-10T12:00:00Z' });
    await suggest(id, ['uno', 'due']);
    await drain(MONDAY_NOON);
    await drain('2030-01-10T12:00:00Z');
    expect(mailsTo(id)).toEqual([]);
    await drain('2030-01-11T07:00:00Z');
    expect(mailsTo(id).map((mail) => titlesIn(mail.text))).toEqual([['due', 'uno']]);
  });

  it('is decided anew when its reader changes their mind', async () => {
    const [sooner, never] = [await expert(daily), await expert(daily)];
    await suggest(sooner, ['uno']);
    await suggest(never, ['uno']);
    await drain(MONDAY_NOON);
    await choose(sooner, {});
    await choose(never, { rhythms: { suggested: { email: 'never' } } });
    await drain('2030-01-07T11:01:00Z');
    expect([mailsTo(sooner).length, mailsTo(never).length]).toEqual([1, 0]);
    expect(await states(never)).toEqual([{ state: 'cancelled', last_error: 'preferences' }]);
  });

  it('goes out after the quiet hours, as every mail does, by the clock of its reader', async () => {
    const night = { quietHours: { from: '20:00', to: '07:00' }, timeZone: 'Asia/Tokyo' };
    const id = await expert(night);
    await suggest(id, ['uno']);
    // Noon in Rome is eight in the evening in Tokyo.
    await drain(MONDAY_NOON);
    await drain('2030-01-07T21:59:00Z');
    expect(mailsTo(id)).toEqual([]);
    await drain('2030-01-07T22:00:00Z');
    expect(mailsTo(id)).toHaveLength(1);
  });

  it('has a link that switches off what can be done without, and not the requests that fell in', async () => {
    const { neighbours } = service;
    const id = await expert({ pausedUntil: '2030-01-07T12:00:00Z' });
    await suggest(id, ['uno']);
    const interest = neighbours.interest(neighbours.need(neighbours.firm()), id);
    const { id: interestId, opportunityId, dueAt } = interest;
    await neighbours.publish(interestExpressed, interestId, { interestId, opportunityId, revision: 1, dueAt });
    await eventually(() => service.settled());
    await drain(MONDAY_NOON);
    await drain(TUESDAY_EIGHT);
    const { headers, subject } = mailsTo(id)[0]!;
    expect(subject).toMatch(/^2 avvisi – .* vorrebbe parlare di/);
    const token = /unsubscribe\/([\w-]{43})/.exec(headers['list-unsubscribe'] ?? '')![1]!;
    const { kinds } = await service.call(
      preferencesRpc.unsubscription,
      { token },
      { kind: 'service', name: 'gateway' },
    );
    expect(kinds).toEqual(['suggested']);
  });

  it('is written in the language that was chosen for mails', async () => {
    const id = await expert({ ...daily, lang: 'de' });
    await suggest(id, ['uno', 'due']);
    await drain(MONDAY_NOON);
    await drain(TUESDAY_EIGHT);
    expect(mailsTo(id)[0]!.subject).toMatch(/^2 Mitteilungen/);
    expect(mailsTo(id)[0]!.headers['content-language']).toBe('de');
  });

  it('is counted for the operator, as is what was held back and why', async () => {
    const id = await expert(daily);
    await suggest(id, ['uno']);
    await drain(MONDAY_NOON);
    const text = await register.metrics();
    expect(text).toMatch(/ceresio_deliveries_waiting_for_digest\{channel="email"\} [1-9]/);
    expect(text).toMatch(/ceresio_digests_sent_total\{channel="email"\} [1-9]/);
    expect(text).toMatch(/ceresio_digest_notices_total\{channel="email"\} [1-9]\d/);
    for (const why of ['rhythm', 'cap', 'paused', 'quiet', 'never']) {
      expect(text).toMatch(new RegExp(`ceresio_deliveries_held_back_total\\{channel="email",why="${why}"\\} [1-9]`));
    }
  });
});
