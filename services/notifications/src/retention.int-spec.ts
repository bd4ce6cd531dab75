import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MailCatcher, NatsServer } from '#libs/engines';
import { Clock, Sweeper } from '#libs/service';
import { eventually, smtpServer, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../test/running.js';
import { dataSourceOptions } from './data-source.js';
import { Sender } from './delivery/sender.js';

const DAY_MS = 86_400_000;

describe('What is old', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let smtp: MailCatcher;
  let service: Running;
  const count = async (table: string, where = 'true') =>
    (await service.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`))[0]!.n;

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    smtp = await smtpServer();
    service = await running(database.url, nats.url, { SMTP_URL: smtp.smtpUrl });
  });
  afterAll(async () => {
    await service?.stop();
    await smtp?.close();
    await nats?.stop();
    await database?.drop();
  });

  it('is deleted: deliveries after ninety days, links of mails after a year; what waits and what lies in an inbox stays', async () => {
    const { neighbours, app } = service;
    const firm = neighbours.firm();
    await neighbours.made(neighbours.need(firm), neighbours.expert());
    await eventually(async () => expect(await count('delivery', `channel = 'email' AND state = 'sent'`)).toBe(2));
    await app.get(Sender).beforeApplicationShutdown();
    await neighbours.made(neighbours.need(firm), neighbours.expert());
    await eventually(() => service.settled());
    const waiting = await count('delivery', `state = 'pending'`);
    expect(waiting).toBeGreaterThan(0);
    const [sweeper, clock] = [app.get(Sweeper), app.get(Clock)];
    clock.advance(89 * DAY_MS);
    expect(await sweeper.sweep()).toBe(0);
    clock.advance(2 * DAY_MS);
    expect(await sweeper.sweep()).toBeGreaterThan(0);
    expect(await count('delivery')).toBe(waiting);
    expect(await count('unsubscribe_token')).toBe(2);
    clock.advance(275 * DAY_MS);
    await sweeper.sweep();
    expect(await count('unsubscribe_token')).toBe(0);
    expect(await count('notice')).toBe(4);
  });
});
