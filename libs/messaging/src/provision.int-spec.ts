import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type NatsConnection, nanos } from '@nats-io/transport-node';
import type { NatsServer } from '#libs/engines';
import { eventually, testNats } from '#libs/testing';
import { checkTopology, connectNats, DEFAULT_SETTINGS, ensureLoop, provisionStreams } from './index.js';

describe('Provisioning', () => {
  let nats: NatsServer;
  let nc: NatsConnection;

  beforeAll(async () => {
    nats = await testNats();
    nc = await connectNats(nats.url, 'test');
  });

  afterAll(async () => {
    await nc.close();
    await nats.stop();
  });

  it('creates every stream and durable, and has nothing to do the second time', async () => {
    expect((await checkTopology(nc)).length).toBeGreaterThan(6);
    expect((await provisionStreams(nc, { monitorUrl: nats.monitor })).length).toBeGreaterThan(6);
    expect(await checkTopology(nc, { settings: DEFAULT_SETTINGS })).toEqual([]);
    expect(await provisionStreams(nc)).toEqual([]);
    const { config } = await (await jetstreamManager(nc)).streams.info('COMPANIES');
    expect(config).toMatchObject({
      subjects: ['companies.>'],
      storage: 'file',
      retention: 'limits',
      discard: 'new',
      deny_delete: true,
      deny_purge: true,
      max_age: nanos(14 * 86_400_000),
      duplicate_window: nanos(600_000),
      allow_rollup_hdrs: false,
    });
  });

  it('sets right what differs and names it; a service does not mind what a deployment chooses', async () => {
    const jsm = await jetstreamManager(nc);
    await jsm.streams.update('EXPERTS', { duplicate_window: nanos(5000) });
    expect(await checkTopology(nc, { service: 'experts' })).toEqual([]);
    await jsm.streams.update('EXPERTS', { discard: 'old' });
    expect(await checkTopology(nc, { service: 'experts' })).toEqual([
      { resource: 'stream EXPERTS', setting: 'discard', expected: 'new', actual: 'old' },
    ]);
    expect((await provisionStreams(nc)).sort()).toEqual([
      'updated stream EXPERTS: discard is "old" instead of "new"',
      'updated stream EXPERTS: duplicate_window is 5000000000 instead of 600000000000',
    ]);
  });

  it('has a durable bring only what its service handles, and notices when it brings anything else', async () => {
    const js = jetstream(nc);
    const jsm = await jetstreamManager(nc);
    await js.publish('companies.company-saved.v1.a', '{}');
    await js.publish('companies.company-erased.v1.a', '{}');
    const waiting = async (service: string) => (await jsm.consumers.info('COMPANIES', service)).num_pending;
    expect([await waiting('matching'), await waiting('notifications')]).toEqual([2, 1]);
    await jsm.consumers.update('COMPANIES', 'matching', { filter_subjects: ['companies.company-erased.>'] });
    expect(await checkTopology(nc, { service: 'matching' })).toMatchObject([{ setting: 'filter_subjects' }]);
    await provisionStreams(nc);
    expect(await waiting('matching')).toBe(2);
  });

  it('brings back what disappears while its loop runs', async () => {
    const lines: string[] = [];
    const loop = ensureLoop(nc, { intervalMs: 20, log: (line) => lines.push(line) });
    const jsm = await jetstreamManager(nc);
    await jsm.streams.delete('MATCHING');
    await eventually(async () => expect(await checkTopology(nc)).toEqual([]));
    await loop.stop();
    expect(lines).toEqual([
      'created stream MATCHING',
      'created consumer notifications on MATCHING',
      'created consumer access on MATCHING',
    ]);
  });

  it('refuses copies on a server that is by itself, and leaves its streams as they are', async () => {
    await expect(provisionStreams(nc, { replicas: 3 })).rejects.toThrow('need a cluster');
    expect((await (await jetstreamManager(nc)).streams.info('COMPANIES')).config.num_replicas).toBe(1);
  });

  it('refuses a server that does not sync every write, and one that cannot be asked', async () => {
    const { server, url } = await monitorThatSays({ jetstream: { config: { sync_interval: 120_000_000_000 } } });
    await expect(provisionStreams(nc, { monitorUrl: url })).rejects.toThrow('sync_interval: always');
    // Of several nodes, each one.
    const all = `${nats.monitor},${url}`;
    await expect(provisionStreams(nc, { monitorUrl: all })).rejects.toThrow(`NATS at ${url} is refused`);
    await new Promise((resolve) => server.close(resolve));
    await expect(provisionStreams(nc, { monitorUrl: url })).rejects.toThrow(`${url} cannot be read`);
  });
});

async function monitorThatSays(varz: unknown): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) =>
    response.setHeader('connection', 'close').end(JSON.stringify(varz)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
