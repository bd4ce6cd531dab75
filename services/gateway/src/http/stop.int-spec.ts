import { Agent, get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { companiesRpc, Problem } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

let taken = () => {};
let release = () => {};

@Controller()
class Companies {
  @Rpc(companiesRpc.get)
  async get(): Promise<never> {
    await new Promise<void>((resolve) => {
      release = resolve;
      taken();
    });
    throw new Problem('not-found', 'There is no such company');
  }
}

describe('A gateway that is told to stop', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Companies]);
  }, 60_000);
  afterAll(async () => {
    await gateway?.stop();
    await nats?.stop();
  });

  it('answers what runs, and does not wait for callers who keep their connection', async () => {
    const agent = new Agent({ keepAlive: true });
    const headers = { authorization: `Bearer ${await gateway.token('coordinator')}` };
    const begun = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const answer = new Promise<number | undefined>((resolve, reject) => {
      get(`${gateway.url}/v1/companies/01900000-0000-7000-8000-00000000000a`, { agent, headers }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      }).once('error', reject);
    });
    await begun;
    const stopped = gateway.stopGateway();
    release();
    expect(await answer).toBe(404);
    await stopped;
    agent.destroy();
  });
});
