import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { MailCatcher, NatsServer } from '#libs/engines';
import { eventually, smtpServer, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { deliveries } from '../commands/deliveries.js';
import { dataSourceOptions } from '../services/notifications/src/data-source.js';
import { type Running, running } from '../services/notifications/test/running.js';

describe('The deliveries command', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let smtp: MailCatcher;
  let service: Running;
  let refused = 'nobody';

  const run = async (args: Partial<Parameters<typeof deliveries>[1]> = {}) => {
    const lines: string[] = [];
    await deliveries(service.app.get(DataSource).manager, { ids: [], ...args }, (line) => lines.push(line));
    return lines;
  };
  const failing = async () => {
    const { neighbours } = service;
    const [firm, expert] = [neighbours.firm(), neighbours.expert()];
    neighbours.addresses.delete(firm);
    refused = expert;
    await neighbours.made(neighbours.need(firm), expert);
    const lines = await eventually(async () => {
      const shown = await run({ action: 'list', state: 'failed' });
      expect(shown.length).toBeGreaterThan(1);
      return shown;
    });
    refused = 'nobody';
    return { expert, id: lines[0]!.slice(0, 36), line: lines[0]! };
  };
  const arrived = (expert: string) =>
    eventually(() => expect(smtp.mails().filter((mail) => mail.to.includes(`${expert}@example.org`))).toHaveLength(1));

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    smtp = await smtpServer({ refuse: (to) => (to.startsWith(refused) ? 'Nobody of that name' : undefined) });
    service = await running(database.url, nats.url, { SMTP_URL: smtp.smtpUrl });
  });
  afterAll(async () => {
    await service?.stop();
    await smtp?.close();
    await nats?.stop();
    await database?.drop();
  });

  it('lists what failed and why, without a word about to whom, and sends one of them again', async () => {
    const { expert, id, line } = await failing();
    expect(line).toMatch(/email .*failed .*suggested .*1 tried .*EENVELOPE 550$/);
    expect(line).not.toContain(expert);
    expect(await run({ action: 'count' })).toContainEqual(expect.stringMatching(/^email +failed +1 +EENVELOPE 550$/));
    expect(await run({ action: 'retry', ids: [id] })).toEqual([expect.stringMatching(/^1 are sent again/)]);
    await arrived(expert);
    expect(await run({ action: 'retry', ids: [id] })).toEqual([expect.stringMatching(/^0 are sent again/)]);
  });

  it('sends all that failed again, of one channel where one is named', async () => {
    const { expert } = await failing();
    expect(await run({ action: 'retry', all: true, channel: 'webhook' })).toEqual([expect.stringMatching(/^0 /)]);
    expect(await run({ action: 'retry', all: true, channel: 'email' })).toEqual([expect.stringMatching(/^1 /)]);
    await arrived(expert);
    expect(await run({ action: 'list', state: 'failed' })).toEqual(['There are no such deliveries.']);
  });

  it('says what is wrong with its call', async () => {
    await expect(run()).rejects.toThrow('What is to be done?');
    await expect(run({ action: 'burn' })).rejects.toThrow('There is no "burn".');
    await expect(run({ action: 'retry' })).rejects.toThrow('Which ones?');
    await expect(run({ action: 'retry', ids: ['7'] })).rejects.toThrow('no id of a delivery');
    await expect(run({ action: 'list', state: 'lost' })).rejects.toThrow('is no state');
    await expect(run({ action: 'list', limit: 0 })).rejects.toThrow('positive');
  });
});
