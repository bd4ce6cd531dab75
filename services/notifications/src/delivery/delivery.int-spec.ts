import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { register } from 'prom-client';
import { type Lang, suggestionWithdrawn } from '#libs/contracts';
import type { MailCatcher, NatsServer } from '#libs/engines';
import { eventually, smtpServer, TcpProxy, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { EmailChannel } from '../channel/email.channel.js';
import { InboxChannel } from '../channel/inbox.channel.js';
import { dataSourceOptions } from '../data-source.js';
import { DeliveryService } from './delivery.service.js';
import { Sender } from './sender.js';

const HOUR_MS = 3_600_000;
const LEASE_MS = 180_000;
const REFUSED = 'Nobody of that name';

describe('A mail', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let smtp: MailCatcher;
  let line: TcpProxy;
  let refused: string;
  let service: Running;

  /** The service anew, with or without its own sending loops: without, the test says when something is sent. */
  const restart = async (loops: boolean) => {
    await service?.stop();
    const env = {
      SMTP_URL: line.url(smtp.smtpUrl),
      MAIL_FROM: 'Ceresio <notices@ceresio.example>',
      MAILS_PER_DAY: '3',
    };
    service = await running(database.url, nats.url, env);
    if (!loops) await service.app.get(Sender).beforeApplicationShutdown();
  };
  const sendDue = (later = 0) =>
    service.app.get(Sender).sendDue(service.app.get(EmailChannel), new Date(Date.now() + later));
  const mailsTo = (id: string) => smtp.mails().filter((mail) => mail.to.includes(`${id}@example.org`));
  const deliveryOf = async (recipientId: string) => {
    const [row] = await service.query<{ state: string; attempts: number; last_error: string | null }>(
      `SELECT state, attempts, last_error FROM delivery WHERE channel = 'email' AND recipient_id = $1`,
      [recipientId],
    );
    if (!row) throw new Error('no delivery yet');
    return row;
  };
  /** An expert to whom a need was suggested, in a firm that gets no mail so that only the expert's count. */
  const suggestedExpert = async (lang: Lang = 'it') => {
    const { neighbours } = service;
    const expert = neighbours.expert(lang);
    const firm = neighbours.firm();
    neighbours.addresses.delete(firm);
    const made = await neighbours.made(neighbours.need(firm), expert);
    await eventually(() => deliveryOf(expert));
    await eventually(() => service.settled());
    return { expert, made };
  };

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    smtp = await smtpServer({ refuse: (recipient) => (recipient.startsWith(refused) ? REFUSED : undefined) });
    line = await TcpProxy.before(smtp.smtpUrl);
  });

  afterAll(async () => {
    await service?.stop();
    await line?.close();
    await smtp?.close();
    await nats?.stop();
    await database?.drop();
  });

  describe('while the sender runs', () => {
    beforeAll(() => restart(true));

    it('says who needs what, why its reader was chosen and what to do, in the language of the address', async () => {
      const { expert, made } = await suggestedExpert('fr');
      const mail = await eventually(() => {
        const [found] = mailsTo(expert);
        return found ?? Promise.reject(new Error('no mail yet'));
      });
      expect(mail.from).toBe('notices@ceresio.example');
      expect(mail.subject).toBe(
        'Tessitura Inventata Srl (Italie) recherche : Controllo dei difetti su tessuti tecnici',
      );
      for (const body of [mail.text, mail.html.replaceAll('&nbsp;', ' ')]) {
        expect(body).toContain('Bonjour Ada Inventata');
        expect(body).toContain('Cerchiamo chi ci aiuti');
        expect(body).toContain('Compétence attestée : vision artificielle');
        expect(body).toContain('Et maintenant');
        expect(body).toContain(`http://127.0.0.1:3000/v1/opportunities/${made.opportunityId}`);
      }
    });

    it('goes to the owner of a need once, with the way to the suggestions', async () => {
      const { neighbours } = service;
      const firm = neighbours.firm('de');
      const need = neighbours.need(firm);
      for (let count = 0; count < 3; count++) await neighbours.made(need, neighbours.expert());
      await eventually(() => expect(mailsTo(firm)).toHaveLength(1));
      await eventually(() => service.settled());
      expect(mailsTo(firm)).toHaveLength(1);
      expect(mailsTo(firm)[0]!.subject).toBe('3 Vorschläge für «Controllo dei difetti su tessuti tecnici»');
      expect(mailsTo(firm)[0]!.text).toContain(`/v1/opportunities/${need}/suggestions`);
    });

    it('waits while the mail server is away and then goes out once', async () => {
      line.cut();
      const { expert } = await suggestedExpert();
      await eventually(async () => {
        const { state, last_error } = await deliveryOf(expert);
        expect([state, last_error]).toEqual(['pending', expect.any(String)]);
      });
      line.pass();
      await service.query(`UPDATE delivery SET next_at = now() - interval '1 s' WHERE recipient_id = $1`, [expert]);
      await eventually(async () => expect((await deliveryOf(expert)).state).toBe('sent'));
      expect(mailsTo(expert)).toHaveLength(1);
    });

    it('is given up when the server refuses its recipient for good, without a word about who that is', async () => {
      const { neighbours } = service;
      const expert = neighbours.expert();
      refused = expert;
      const firm = neighbours.firm();
      neighbours.addresses.delete(firm);
      await neighbours.made(neighbours.need(firm), expert);
      await eventually(async () =>
        expect(await deliveryOf(expert)).toEqual({ state: 'failed', attempts: 1, last_error: 'EENVELOPE 550' }),
      );
    });

    it('is not written to somebody without an address', async () => {
      const { neighbours } = service;
      const expert = neighbours.expert();
      neighbours.addresses.set(expert, { ...neighbours.addresses.get(expert)!, email: null });
      await neighbours.made(neighbours.need(neighbours.firm()), expert);
      await eventually(async () =>
        expect(await deliveryOf(expert)).toMatchObject({ state: 'cancelled', last_error: 'no-address' }),
      );
    });
  });

  describe('when the moment of sending is chosen', () => {
    beforeAll(() => restart(false));

    it('keeps its Message-ID when the sender died after sending, so that the second one is recognisable', async () => {
      const { expert } = await suggestedExpert();
      const [deliveries, email] = [service.app.get(DeliveryService), service.app.get(EmailChannel)];
      const { letters } = await deliveries.claim(email, new Date());
      await email.deliver(letters, async () => {
        // Dead: what was sent is never written down.
      });
      // Others may have become due meanwhile; this one is held.
      await sendDue();
      expect(mailsTo(expert)).toHaveLength(1);
      await sendDue(LEASE_MS + 1000);
      const [second, first] = mailsTo(expert);
      expect(first!.headers['message-id']).toMatch(/^<[0-9a-f-]{36}@ceresio\.example>$/);
      expect(second!.headers['message-id']).toBe(first!.headers['message-id']);
      expect(await deliveryOf(expert)).toMatchObject({ state: 'sent', attempts: 2 });
    });

    it('is followed at once by the notice in the inbox, when the sender of that died: nobody outside is waited for', async () => {
      const { expert } = await suggestedExpert();
      const [inbox, sender] = [service.app.get(InboxChannel), service.app.get(Sender)];
      const now = Date.now();
      await service.app.get(DeliveryService).claim(inbox, new Date(now));
      const state = () =>
        service.query(
          `SELECT d.state FROM delivery d JOIN notice n ON n.id = d.notice_id WHERE n.recipient_id = $1 AND d.channel = 'inbox'`,
          [expert],
        );
      await sender.sendDue(inbox, new Date(now + 10_000));
      expect(await state()).toEqual([{ state: 'pending' }]);
      await sender.sendDue(inbox, new Date(now + 20_000));
      expect(await state()).toEqual([{ state: 'sent' }]);
    });

    it('goes out once however many senders look for work at the same time', async () => {
      const experts: string[] = [];
      for (let count = 0; count < 30; count++) experts.push((await suggestedExpert()).expert);
      await Promise.all([1, 2, 3, 4].map(() => sendDue()));
      expect(experts.map((expert) => mailsTo(expert).length)).toEqual(experts.map(() => 1));
    });

    it('waits a moment for the suggestions that come in the same breath when it counts them for the owner', async () => {
      const { neighbours } = service;
      const firm = neighbours.firm();
      const need = neighbours.need(firm, 'Sensori');
      const before = Date.now();
      await neighbours.made(need, neighbours.expert());
      await eventually(() => service.settled());
      await sendDue(before + 500 - Date.now());
      expect(mailsTo(firm)).toEqual([]);
      await neighbours.made(need, neighbours.expert());
      await eventually(() => service.settled());
      await sendDue(2000);
      expect(mailsTo(firm).map((mail) => mail.subject)).toEqual(['2 suggerimenti per «Sensori»']);
    });

    it('is called off when its notice was read in the inbox before', async () => {
      const { expert } = await suggestedExpert();
      const actor = { kind: 'expert', id: expert } as const;
      const { items } = await service.inbox(actor);
      await service.update(actor, { id: items[0]!.id, revision: 1, state: 'read' });
      await sendDue();
      expect(mailsTo(expert)).toEqual([]);
      expect(await deliveryOf(expert)).toMatchObject({ state: 'cancelled', last_error: 'read' });
    });

    it('is called off when its suggestion fell before it was sent', async () => {
      const { neighbours } = service;
      const { expert, made } = await suggestedExpert();
      await neighbours.publish(suggestionWithdrawn, made.suggestionId, {
        ...made,
        revision: 2,
        reason: 'subject-gone',
      });
      await eventually(() => service.settled());
      await sendDue();
      expect(mailsTo(expert)).toEqual([]);
      expect(await deliveryOf(expert)).toMatchObject({ state: 'cancelled', last_error: 'called-off' });
    });

    it('is called off when its opportunity is gone at that moment, and waits when nobody can say', async () => {
      const { neighbours } = service;
      const { expert, made } = await suggestedExpert();
      await neighbours.leave('matching');
      await sendDue();
      expect(await deliveryOf(expert)).toMatchObject({ state: 'pending', last_error: 'owner-away' });
      neighbours.join('matching');
      neighbours.cards.delete(made.opportunityId);
      await sendDue(HOUR_MS);
      expect(await deliveryOf(expert)).toMatchObject({ state: 'cancelled', last_error: 'gone' });
      expect(mailsTo(expert)).toEqual([]);
    });

    it('is counted for the operator while it waits', async () => {
      await suggestedExpert();
      const text = await register.metrics();
      expect(text).toMatch(/ceresio_deliveries\{channel="email",state="pending"\} [1-9]/);
      expect(text).toMatch(/ceresio_deliveries\{channel="email",state="sent"\} [1-9]/);
      expect(text).toMatch(/ceresio_deliveries_oldest_seconds\{channel="email"\} \d/);
    });
  });
});
