import { existsSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AckPolicy, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { companySaved, expertSaved } from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { eventually, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type TestService, testService } from '../test/test-service.js';
import { connectNats, messagingMigrations, Outbox, OWNERS, provisionStreams } from './index.js';
import { MessagingReadiness } from './readiness.js';
import { lostFrom } from './stream-watch.js';

describe('The outbox and its relay', () => {
  let nats: NatsServer;
  let nc: NatsConnection;
  let database: TestDatabase;
  let companies: TestService;

  const ids = (count: number) => Array.from({ length: count }, () => uuidv7());
  /** Everything the stream keeps, as event ids in stream order. */
  const published = async (): Promise<string[]> => {
    const jsm = await jetstreamManager(nc);
    const { state } = await jsm.streams.info('COMPANIES');
    const found: string[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
      found.push((await jsm.streams.getMessage('COMPANIES', { seq }))!.json<{ id: string }>().id);
    }
    return found;
  };
  const allSent = (service = companies) =>
    eventually(async () => expect(await service.query('SELECT id FROM outbox WHERE sent_at IS NULL')).toEqual([]), {
      timeout: 20_000,
    });

  /** Takes everything from JetStream: by its disk, or where that is out of reach (a container's) by its interface. */
  const wipe = async () => {
    const varz = (await (await fetch(new URL('/varz', nats.monitor))).json()) as {
      jetstream: { config: { store_dir: string } };
    };
    const store = varz.jetstream.config.store_dir;
    if (!existsSync(store)) {
      for (const owner of OWNERS) await (await jetstreamManager(nc)).streams.delete(owner.toUpperCase());
      return;
    }
    await nats.kill();
    rmSync(store, { recursive: true });
    await nats.start();
  };

  beforeAll(async () => {
    nats = await testNats();
    nc = await connectNats(nats.url, 'test');
    await provisionStreams(nc);
  });

  beforeEach(async () => {
    await (await jetstreamManager(nc)).streams.delete('COMPANIES');
    await provisionStreams(nc);
    database = await templateDatabase('companies', messagingMigrations);
    companies = await testService('companies', database.url, nats.url);
  });

  afterEach(async () => {
    await companies.close();
    await database.drop();
  });

  afterAll(async () => {
    await nc.close();
    await nats.stop();
  });

  it('publishes what a committed transaction told, in the order of telling', async () => {
    const eventIds = [...(await companies.tell(ids(3))), ...(await companies.tell(ids(2)))];
    await allSent();
    expect(await published()).toEqual(eventIds);
  });

  it('publishes nothing of a transaction that was rolled back', async () => {
    const outbox = companies.app.get(Outbox);
    const [companyId] = ids(1);
    await expect(
      companies.dataSource.transaction(async (manager) => {
        await outbox.add(manager, companySaved, {
          aggregateId: companyId!,
          data: { companyId: companyId!, revision: 1 },
        });
        throw new Error('The write failed');
      }),
    ).rejects.toThrow('The write failed');
    const kept = await companies.tell(ids(1));
    await allSent();
    expect(await published()).toEqual(kept);
  });

  it('refuses events outside a transaction, of another owner, or that do not fit their contract', async () => {
    const outbox = companies.app.get(Outbox);
    const { manager } = companies.dataSource;
    const [id] = ids(1);
    const event = { aggregateId: id!, data: { companyId: id!, revision: 1 } };
    await expect(outbox.add(manager, companySaved, event)).rejects.toThrow('transaction');
    await manager.transaction(async (tx) => {
      await expect(
        outbox.add(tx, expertSaved, { aggregateId: id!, data: { expertId: id!, revision: 1 } as never }),
      ).rejects.toThrow('belongs to experts');
      await expect(
        outbox.add(tx, companySaved, { ...event, data: { companyId: id!, revision: -1 } }),
      ).rejects.toThrow();
      await expect(outbox.add(tx, companySaved, { ...event, aggregateId: 'a.b' })).rejects.toThrow('aggregate id');
    });
    expect(await companies.query('SELECT * FROM outbox')).toEqual([]);
  });

  it('takes thousands of events in one transaction and publishes each once', async () => {
    const eventIds = await companies.tell(ids(3000));
    await allSent();
    const { state } = await (await jetstreamManager(nc)).streams.info('COMPANIES');
    expect(state.messages).toBe(eventIds.length);
  });

  it('goes on writing while NATS is down, and publishes everything once it is back', async () => {
    const before = await companies.tell(ids(2));
    await allSent();
    await nats.kill();
    const during = [...(await companies.tell(ids(20))), ...(await companies.tell(ids(20)))];
    await nats.start();
    await allSent();
    await eventually(async () => expect(await published()).toEqual([...before, ...during]), { timeout: 20_000 });
  });

  it('publishes each event once although two copies relay side by side', async () => {
    const twin = await testService('companies', database.url, nats.url);
    const told = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? twin : companies).tell(ids(25))));
    await allSent();
    expect((await published()).sort()).toEqual(told.flat().sort());
    await twin.close();
  });

  it('takes over what a copy had claimed when it died', async () => {
    // As a relay leaves it that was killed between claiming and publishing, once its time is over.
    const outbox = companies.app.get(Outbox);
    const [companyId] = ids(1);
    const eventId = await companies.dataSource.transaction(async (manager) => {
      const id = await outbox.add(manager, companySaved, {
        aggregateId: companyId!,
        data: { companyId: companyId!, revision: 1 },
      });
      await manager.query(
        `UPDATE outbox SET claim_token = gen_random_uuid(), claimed_until = now() - interval '1 second'`,
      );
      return id;
    });
    await allSent();
    expect(await published()).toEqual([eventId]);
  });

  it('marks nothing that another copy has claimed in the meantime', async () => {
    // As a relay finds it that was stopped between claiming and marking for longer than its claim lasts.
    await companies.query(
      `CREATE FUNCTION hand_over() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         NEW.claim_token := gen_random_uuid(); NEW.claimed_until := now() + interval '1 hour'; RETURN NEW;
       END $$`,
    );
    await companies.query(
      `CREATE TRIGGER hand_over BEFORE UPDATE OF claim_token ON outbox
       FOR EACH ROW WHEN (OLD.claim_token IS NULL) EXECUTE FUNCTION hand_over()`,
    );
    const [first] = await companies.tell(ids(1));
    await eventually(async () => expect(await published()).toEqual([first]));
    await companies.query('DROP TRIGGER hand_over ON outbox');
    const [second] = await companies.tell(ids(1));
    const unsent = () => companies.query('SELECT id FROM outbox WHERE sent_at IS NULL ORDER BY id');
    // A batch that is not full is brought to its end before the next is claimed.
    await eventually(async () => expect(await unsent()).not.toContainEqual({ id: second }));
    expect(await unsent()).toEqual([{ id: first }]);
    await companies.query(`UPDATE outbox SET claimed_until = now() - interval '1 second'`);
    await allSent();
    expect(await published()).toEqual([first, second]);
  });

  it('fills the stream again after its disk was wiped', async () => {
    const eventIds = await companies.tell(ids(300));
    await allSent();
    await wipe();
    const later = await companies.tell(ids(1));
    await eventually(() => provisionStreams(nc));
    await eventually(async () => expect(new Set(await published())).toEqual(new Set([...eventIds, ...later])), {
      timeout: 30_000,
    });
    await allSent();
  });

  it('waits, not ready, while its stream is missing, and says which', async () => {
    const readiness = companies.app.get(MessagingReadiness);
    await eventually(async () => expect(await readiness.readiness()).toEqual({ ok: true, problems: [] }));
    await (await jetstreamManager(nc)).streams.delete('COMPANIES');
    const eventIds = await companies.tell(ids(1));
    await eventually(async () =>
      expect(await readiness.readiness()).toEqual({ ok: false, problems: ['stream COMPANIES is missing'] }),
    );
    await provisionStreams(nc);
    await allSent();
    expect(await published()).toEqual(eventIds);
    await eventually(async () => expect((await readiness.readiness()).ok).toBe(true));
  });

  it('lets its service end although NATS is down, and keeps what was told for the next start', async () => {
    await nats.kill();
    const eventIds = await companies.tell(ids(3));
    await companies.close();
    await nats.start();
    companies = await testService('companies', database.url, nats.url);
    await allSent();
    await eventually(async () => expect(await published()).toEqual(eventIds), { timeout: 20_000 });
  });

  it('refuses to consume from a durable whose settings differ, and names the setting', async () => {
    const jsm = await jetstreamManager(nc);
    await jsm.consumers.delete('COMPANIES', 'matching');
    await jsm.consumers.add('COMPANIES', { durable_name: 'matching', ack_policy: AckPolicy.Explicit, max_deliver: 5 });
    const listener = await templateDatabase('matching', messagingMigrations);
    await expect(testService('matching', listener.url, nats.url)).rejects.toThrow(/max_deliver is 5 instead of -1/);
    expect(await provisionStreams(nc)).toContain(
      'updated consumer matching on COMPANIES: max_deliver is 5 instead of -1',
    );
    const matching = await testService('matching', listener.url, nats.url);
    await matching.close();
    await listener.drop();
  });
});

describe('The watch over a stream', () => {
  const known = { created: 'a', lastSeq: 100 };
  it('sees no loss in a stream that stays or grows', () => {
    expect(lostFrom(known, { created: 'a', lastSeq: 100 })).toBeUndefined();
    expect(lostFrom(known, { created: 'a', lastSeq: 500 })).toBeUndefined();
  });
  it('counts everything as lost when the stream was made anew', () => {
    expect(lostFrom(known, { created: 'b', lastSeq: 500 })).toBe(0);
  });
  it('counts the end as lost when the stream fell back, also when it has grown again since', () => {
    expect(lostFrom(known, { created: 'a', lastSeq: 90 })).toBe(91);
    expect(lostFrom(known, { created: 'a', lastSeq: 120 }, 95)).toBe(95);
  });
});
