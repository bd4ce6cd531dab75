import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NatsServer } from '#libs/engines';
import { type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { tellEverybody } from '../bench/notices/run.js';
import { dataSourceOptions } from '../services/notifications/src/data-source.js';

describe('Three hundred notices to sixty people who want them differently', () => {
  let nats: NatsServer;
  let database: TestDatabase;

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
  });
  afterAll(async () => {
    await nats?.stop();
    await database?.drop();
  });

  it('all arrive as they are wanted, although the sender and the mail server are killed again and again', async () => {
    const size = { people: 60, notices: 300, kills: 3, seed: 7 };
    const { mail, webhooks, ...figures } = await tellEverybody({
      databaseUrl: database.url,
      natsUrl: nats.url,
      ...size,
    });
    expect(figures).toMatchObject({ notices: 300, inInbox: 300, failed: 0 });
    expect(figures.kills.service).toBeGreaterThan(5);
    // Doubles there may be: of what was on its way in the moment of a death.
    expect(mail).toMatchObject({
      lost: 0,
      unwanted: 0,
      toldTwice: 0,
      unexplained: 0,
      inQuietHours: 0,
      aboveCap: 0,
      brokenDigests: 0,
    });
    expect(mail.told).toBeGreaterThan(150);
    expect(webhooks).toMatchObject({ lost: 0, unwanted: 0, underAnotherId: 0 });
    expect(webhooks.messages).toBeGreaterThan(200);
  }, 600_000);
});
