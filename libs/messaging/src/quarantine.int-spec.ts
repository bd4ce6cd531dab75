import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { eventually, templateDatabase, testNats } from '#libs/testing';
import { testService } from '../test/test-service.js';
import { connectNats, messagingMigrations, provisionStreams } from './index.js';

// Compiled by the set-up of the test run: a process of its own that may die.
const KILLER = join(import.meta.dirname, '..', '..', '..', 'dist', 'libs', 'messaging', 'test', 'killer.js');

it('an event that kills the process is quarantined after eight starts, and nothing else is', async () => {
  const nats = await testNats();
  const nc = await connectNats(nats.url, 'test');
  await provisionStreams(nc);
  const jsm = await jetstreamManager(nc);
  const owner = await templateDatabase('companies', messagingMigrations);
  const listener = await templateDatabase('matching', messagingMigrations);
  const companies = await testService('companies', owner.url, nats.url);
  // Only looks into the database of the service whose process dies.
  const watcher = await testService('experts', listener.url, nats.url);
  await watcher.query('CREATE TABLE effect (company_id text)');

  const companyIds = Array.from({ length: 60 }, () => uuidv7());
  const deadly = companyIds[30]!;
  const [firstId] = await companies.tell(companyIds);
  expect(firstId).toBeDefined();
  const quarantined = async () =>
    (await watcher.query<{ reason: string; subject: string }>('SELECT reason, subject FROM dead_letter')).length > 0;

  let deaths = 0;
  let child: ChildProcess | undefined;
  while (!(await quarantined())) {
    await jsm.consumers.update('COMPANIES', 'matching', { ack_wait: nanos(30_000) });
    child = spawn(process.execPath, [KILLER, listener.url, nats.url, deadly], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = once(child, 'exit');
    await Promise.race([once(child.stdout!, 'data'), ended]);
    // Nobody has to wait half a minute for what the dead process had in hand.
    await jsm.consumers.update('COMPANIES', 'matching', { ack_wait: nanos(1000) });
    const end = await Promise.race([
      ended,
      eventually(async () => expect(await quarantined()).toBe(true), { timeout: 30_000 }),
    ]);
    if (!end) break;
    expect(end).toEqual([null, 'SIGKILL']);
    deaths++;
  }

  expect(deaths).toBe(8);
  expect(await watcher.query('SELECT reason, subject FROM dead_letter')).toEqual([
    { reason: 'quarantined', subject: `companies.company-saved.v1.${deadly}` },
  ]);
  await eventually(async () => expect(await watcher.query('SELECT company_id FROM effect')).toHaveLength(59), {
    timeout: 20_000,
  });
  const effects = await watcher.query<{ company_id: string }>('SELECT company_id FROM effect');
  expect(effects.map((e) => e.company_id).sort()).toEqual(companyIds.filter((id) => id !== deadly).sort());

  child?.kill('SIGKILL');
  await watcher.close();
  await companies.close();
  await nc.close();
  await nats.stop();
  await Promise.all([owner.drop(), listener.drop()]);
}, 150_000);
