import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import { Controller } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { companyErased, companySaved } from '#libs/contracts';
import type { NatsServer } from '#libs/engines';
import { eventually, TcpProxy, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type TestService, testService } from '../test/test-service.js';
import { requeueDeadLetters, showDeadLetter } from './dead-letters.js';
import {
  connectNats,
  type EventBatchContext,
  type EventContext,
  messagingMigrations,
  OnEvent,
  PermanentError,
  provisionStreams,
} from './index.js';

type Saved = z.infer<typeof companySaved.data>;

/** What the handlers below do besides counting; set by each test. */
let behaviour: (companyId: string) => Promise<void> = async () => {};
let batchSizes: number[] = [];

async function effect(manager: EventContext['manager'], data: Saved, eventId: string): Promise<void> {
  await manager.query(`INSERT INTO effect (company_id, revision, event_id) VALUES ($1, $2, $3)`, [
    data.companyId,
    data.revision,
    eventId,
  ]);
  await behaviour(data.companyId);
}

@Controller()
class OneByOne {
  @OnEvent(companySaved)
  async saved(data: Saved, { manager, envelope }: EventContext): Promise<void> {
    await effect(manager, data, envelope.id);
  }
}

@Controller()
class ManyAtOnce {
  @OnEvent(companySaved, { batch: true })
  async saved(data: Saved[], { manager, envelopes }: EventBatchContext): Promise<void> {
    batchSizes.push(data.length);
    for (const [i, one] of data.entries()) await effect(manager, one, envelopes[i]!.id);
  }
}

const EFFECT_TABLE = `CREATE TABLE effect (n serial, company_id text, revision integer, event_id uuid, at timestamptz DEFAULT clock_timestamp())`;

describe('An event', () => {
  let nats: NatsServer;
  let nc: NatsConnection;
  let owner: TestDatabase;
  let listener: TestDatabase;
  let companies: TestService;
  const open: TestService[] = [];

  const listen = async (controllers = [OneByOne] as (typeof OneByOne | typeof ManyAtOnce)[], url = nats.url) => {
    const service = await testService('matching', listener.url, url, controllers, { retryDelay: () => 20 });
    open.push(service);
    return service;
  };
  const stop = async (service: TestService) => {
    open.splice(open.indexOf(service), 1);
    await service.close();
  };
  const effects = (service: TestService) =>
    service.query<{ company_id: string; revision: number; event_id: string }>(
      'SELECT company_id, revision, event_id FROM effect ORDER BY n',
    );
  const settled = async () => {
    const info = await (await jetstreamManager(nc)).consumers.info('COMPANIES', 'matching');
    expect({ waiting: info.num_pending, open: info.num_ack_pending }).toEqual({ waiting: 0, open: 0 });
  };
  const allEventually = (service: TestService, count: number, timeout = 20_000) =>
    eventually(async () => expect(await effects(service)).toHaveLength(count), { timeout });
  const ids = (count: number) => Array.from({ length: count }, () => uuidv7());

  beforeAll(async () => {
    nats = await testNats();
    nc = await connectNats(nats.url, 'test');
    await provisionStreams(nc);
    owner = await templateDatabase('companies', messagingMigrations);
    companies = await testService('companies', owner.url, nats.url);
  });

  beforeEach(async () => {
    behaviour = async () => {};
    batchSizes = [];
    listener = await templateDatabase('matching', messagingMigrations);
    const service = await listen([]);
    await service.query(EFFECT_TABLE);
    await stop(service);
  });

  afterEach(async () => {
    behaviour = async () => {};
    for (const service of [...open]) await stop(service);
    // Nothing of one test may be left to the next: new streams, and an outbox that has nothing to fill them with.
    await companies.query('TRUNCATE outbox');
    await (await jetstreamManager(nc)).streams.delete('COMPANIES');
    await provisionStreams(nc);
    await listener.drop();
  });

  afterAll(async () => {
    await companies.close();
    await nc.close();
    await nats.stop();
    await owner.drop();
  });

  it('reaches its handler within the transaction of its inbox row', async () => {
    const matching = await listen();
    const [companyId] = ids(1);
    const [eventId] = await companies.tell([companyId!], 3);
    await allEventually(matching, 1);
    expect(await effects(matching)).toEqual([{ company_id: companyId, revision: 3, event_id: eventId }]);
    expect(await matching.query('SELECT event_id, consumer FROM inbox')).toEqual([
      { event_id: eventId, consumer: 'matching' },
    ]);
    await eventually(settled);
  });

  it('has one effect although it is delivered three times', async () => {
    const matching = await listen();
    const [eventId] = await companies.tell(ids(1));
    await allEventually(matching, 1);
    const [row] = await companies.query<{ subject: string; envelope: unknown }>(
      'SELECT subject, envelope FROM outbox WHERE id = $1',
      [eventId],
    );
    const js = jetstream(nc);
    // Under other message ids the stream takes them again, as it does after the window.
    for (const msgID of ['again', 'and again'])
      await js.publish(row!.subject, JSON.stringify(row!.envelope), { msgID: `${eventId} ${msgID}` });
    await eventually(settled);
    expect(await effects(matching)).toHaveLength(1);
  });

  it('has one effect although the consumer is cut off between commit and acknowledgement', async () => {
    const proxy = await TcpProxy.before(nats.url);
    const first = await listen([OneByOne], proxy.url(nats.url));
    let cut = 0;
    first.dataSource.subscribers.push({
      afterTransactionCommit: () => {
        cut++;
        proxy.cut();
      },
    });
    await companies.tell(ids(1));
    await allEventually(first, 1);
    expect(cut).toBeGreaterThan(0);
    await stop(first);
    await proxy.close();
    const second = await listen();
    // The first consumer's time to acknowledge need not be waited for.
    const jsm = await jetstreamManager(nc);
    expect((await jsm.consumers.info('COMPANIES', 'matching')).num_ack_pending).toBe(1);
    await jsm.consumers.update('COMPANIES', 'matching', { ack_wait: nanos(200) });
    await eventually(settled);
    expect(await effects(second)).toHaveLength(1);
  });

  it('comes again after its handler failed, and is a dead letter after the eighth time', async () => {
    const [good, bad] = ids(2);
    let runs = 0;
    behaviour = async (companyId) => {
      if (companyId === bad && ++runs) throw new Error('This handler does not like this company');
    };
    const matching = await listen();
    const [eventId] = await companies.tell([bad!, good!]);
    await eventually(async () => {
      expect(await matching.query('SELECT event_id, reason, attempts, subject FROM dead_letter')).toEqual([
        { event_id: eventId, reason: 'failed', attempts: 8, subject: `companies.company-saved.v1.${bad}` },
      ]);
    });
    expect(runs).toBe(8);
    await eventually(settled);
    expect((await effects(matching)).map((e) => e.company_id)).toEqual([good]);
    expect(await matching.query('SELECT * FROM delivery_attempt')).toEqual([]);
  });

  it('succeeds at a repetition and leaves no trace of the failures', async () => {
    let runs = 0;
    behaviour = async () => {
      if (++runs < 4) throw new Error('Not yet');
    };
    const matching = await listen();
    await companies.tell(ids(1));
    await allEventually(matching, 1);
    await eventually(settled);
    expect(runs).toBe(4);
    expect(await effects(matching)).toHaveLength(1);
    expect(await matching.query('SELECT * FROM delivery_attempt')).toEqual([]);
    expect(await matching.query('SELECT * FROM dead_letter')).toEqual([]);
  });

  it('waits through an outage of the network for as long as it takes', async () => {
    let runs = 0;
    behaviour = async () => {
      if (++runs <= 12) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    };
    const matching = await listen();
    await companies.tell(ids(1));
    await allEventually(matching, 1, 40_000);
    expect(runs).toBe(13);
    expect(await matching.query('SELECT * FROM dead_letter')).toEqual([]);
  }, 60_000);

  it('is a dead letter at once when its handler says that nothing can help', async () => {
    let runs = 0;
    behaviour = async () => {
      runs++;
      throw new PermanentError('There is no such thing');
    };
    const matching = await listen();
    await companies.tell(ids(1));
    await eventually(async () =>
      expect(await matching.query('SELECT reason FROM dead_letter')).toEqual([{ reason: 'permanent' }]),
    );
    expect(runs).toBe(1);
    await eventually(settled);
  });

  it('is a dead letter at once when it cannot be read, and keeps its bytes', async () => {
    const matching = await listen();
    const js = jetstream(nc);
    const [a, b, c] = ids(3);
    await js.publish(`companies.company-saved.v1.${a}`, '{"half', { msgID: a });
    await js.publish(
      `companies.company-saved.v1.${b}`,
      JSON.stringify(envelope(b!, 'company-saved.v1', { companyId: 7 })),
      { msgID: b },
    );
    await js.publish(`companies.company-saved.v9.${c}`, JSON.stringify(envelope(c!, 'company-saved.v9', {})), {
      msgID: c,
    });
    await eventually(async () => {
      const rows = await matching.query<{ event_id: string; reason: string; raw: Buffer; error: string }>(
        'SELECT event_id, reason, raw, error FROM dead_letter ORDER BY event_id',
      );
      expect(rows.map((r) => [r.event_id, r.reason])).toEqual([a, b, c].map((id) => [id, 'unreadable']));
      expect(rows[0]!.raw.toString()).toBe('{"half');
      expect(rows[1]!.error).toContain('/companyId');
      expect(rows[2]!.error).toContain('version');
    });
    await eventually(settled);
    expect(await effects(matching)).toEqual([]);
  });

  it('that is none of the service’s business is passed over', async () => {
    const matching = await listen();
    const [id] = ids(1);
    await jetstream(nc).publish(
      `${companyErased.subject}.${id}`,
      JSON.stringify(envelope(id!, companyErased.type, { companyId: id, revision: 2 })),
    );
    await companies.tell(ids(1));
    await allEventually(matching, 1);
    await eventually(settled);
    expect(await matching.query('SELECT * FROM dead_letter')).toEqual([]);
  });

  it('of one company follows the one before, while other companies overtake', async () => {
    const [slow, ...others] = ids(6);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = true;
    behaviour = async (companyId) => {
      if (companyId === slow && first) {
        first = false;
        await held;
      }
    };
    const matching = await listen();
    for (const revision of [1, 2, 3, 4, 5]) await companies.tell([slow!], revision);
    await companies.tell(others);
    await allEventually(matching, 5);
    release();
    await allEventually(matching, 10);
    const seen = (await effects(matching)).filter((e) => e.company_id === slow).map((e) => e.revision);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('comes with many others to a handler that takes many, each once, and the bad one of them alone is given up', async () => {
    const companyIds = ids(120);
    const bad = companyIds[60];
    behaviour = async (companyId) => {
      if (companyId === bad) throw new Error('This one is bad');
    };
    await companies.tell(companyIds);
    const matching = await listen([ManyAtOnce]);
    await allEventually(matching, 119);
    await eventually(async () =>
      expect(await matching.query('SELECT reason FROM dead_letter')).toEqual([{ reason: 'failed' }]),
    );
    const seen = await effects(matching);
    expect(new Set(seen.map((e) => e.company_id)).size).toBe(119);
    expect(Math.max(...batchSizes)).toBeGreaterThan(10);
  });

  it('that was given up is handled after all when somebody requeues it, and its history says who', async () => {
    behaviour = async () => {
      throw new PermanentError('Not today');
    };
    const matching = await listen();
    const [eventId] = await companies.tell(ids(1));
    await eventually(async () => expect(await matching.query('SELECT * FROM dead_letter')).toHaveLength(1));
    expect(await requeueDeadLetters(matching.dataSource.manager, 'a person', [eventId!])).toBe(1);
    await eventually(async () =>
      expect((await showDeadLetter(matching.dataSource.manager, eventId!))?.requeued_at).toBeNull(),
    );
    behaviour = async () => {};
    expect(await requeueDeadLetters(matching.dataSource.manager, 'another person')).toBe(1);
    await allEventually(matching, 1);
    const letter = await eventually(async () => {
      const found = await showDeadLetter(matching.dataSource.manager, eventId!);
      expect(found?.resolved_at).not.toBeNull();
      return found;
    });
    expect(letter?.audit.map((a) => [a.action, a.actor])).toEqual([
      ['requeued', 'a person'],
      ['failed again', 'a person'],
      ['requeued', 'another person'],
      ['handled', 'another person'],
    ]);
    expect(await effects(matching)).toEqual([expect.objectContaining({ event_id: eventId })]);
    expect(await requeueDeadLetters(matching.dataSource.manager, 'a third person', [eventId!])).toBe(0);
  });

  it('is handled once by two copies of a service', async () => {
    const [one, two] = [await listen(), await listen()];
    const companyIds = ids(300);
    await companies.tell(companyIds);
    await allEventually(one, 300);
    await eventually(settled);
    expect(new Set((await effects(two)).map((e) => e.company_id)).size).toBe(300);
  });
});

function envelope(id: string, type: string, data: unknown) {
  return {
    specversion: '1.0',
    id,
    source: 'ceresio/companies',
    type,
    subject: id,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}
