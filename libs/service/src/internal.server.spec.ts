import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gauge, register } from 'prom-client';
import { InternalServer } from './internal.server.js';

describe('What a process says of itself', () => {
  let problems: string[] = [];
  const server = new InternalServer(async () => problems);
  let url = '';
  beforeAll(async () => {
    url = await server.listen(0, '127.0.0.1');
  });
  afterAll(() => server.close());
  const metrics = async () => (await fetch(`${url}/metrics`)).text();

  it('has a figure for whether it is ready', async () => {
    expect(await metrics()).toMatch(/^ceresio_ready 1$/m);
    problems = ['nats: not connected'];
    expect(await metrics()).toMatch(/^ceresio_ready 0$/m);
    expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  });

  it('goes without the figures of an engine that is away', async () => {
    const away = async () => Promise.reject(new Error('Connection terminated'));
    new Gauge({ name: 'test_rows', help: 'Counted in a database', collect: away });
    expect(await metrics()).toMatch(/^ceresio_ready 0$/m);
    expect(await metrics()).not.toContain('test_rows');
    register.removeSingleMetric('test_rows');
  });
});
