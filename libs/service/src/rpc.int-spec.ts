import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, type DynamicModule, Module } from '@nestjs/common';
import { z } from 'zod';
import { batchOf, type CallContext, defineRpc, Problem } from '#libs/contracts';
import { eventually, testNats } from '#libs/testing';
import { fitIntoMessage } from './batch.js';
import { type RunningService, startService } from './bootstrap.js';
import { baseConfig } from './config.js';
import { serviceContext } from './request-context.js';
import { RpcClient } from './rpc.client.js';
import { Rpc } from './rpc.decorator.js';
import { ServiceModule } from './service.module.js';

const thing = z.object({ id: z.string(), text: z.string() });
const things = {
  get: defineRpc('things.get', z.strictObject({ id: z.string().max(20) }), thing),
  fail: defineRpc('things.fail', z.strictObject({}), thing),
  away: defineRpc('things.away', z.strictObject({}), thing),
  refuse: defineRpc('things.refuse', z.strictObject({}), thing),
  wait: defineRpc('things.wait', z.strictObject({}), z.object({ done: z.boolean() })),
  large: defineRpc('things.large', z.strictObject({ size: z.int() }), thing),
  batch: defineRpc('things.batch', z.strictObject({ ids: z.array(z.string()).max(500) }), batchOf(thing)),
  slow: defineRpc('slow.things', z.strictObject({}), z.object({ done: z.boolean() })),
  nobody: defineRpc('nobody.asks', z.strictObject({}), thing),
};

let release = () => {};
let waiting = () => {};

@Controller()
class ThingController {
  @Rpc(things.get)
  get({ id }: { id: string }, ctx: CallContext) {
    return { id, text: ctx.lang, secret: 'never leaves' };
  }
  @Rpc(things.fail)
  fail(): never {
    throw new Error('a row of Ada Invented');
  }
  @Rpc(things.away)
  away(): never {
    throw Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  }
  @Rpc(things.refuse)
  refuse(): never {
    throw new Problem('duplicate', 'There is one already', [{ pointer: '/name', detail: 'is taken' }]);
  }
  @Rpc(things.wait)
  async wait() {
    await new Promise<void>((resolve) => {
      release = resolve;
      waiting();
    });
    return { done: true };
  }
  @Rpc(things.large)
  large({ size }: { size: number }) {
    return { id: 'large', text: 'é'.repeat(size) };
  }
  @Rpc(things.batch)
  batch({ ids }: { ids: string[] }) {
    const known = ids.filter((id) => id !== 'unknown').map((id) => ({ id, text: 'x'.repeat(2000) }));
    return fitIntoMessage(known, ids);
  }
}

@Controller()
class SlowController {
  @Rpc(things.slow)
  slow() {
    return { done: true };
  }
}

@Module({})
class ThingModule {
  static forRoot(config: { NATS_URL: string }): DynamicModule {
    return { module: ThingModule, imports: [ServiceModule.forRoot('things', config)], controllers: [ThingController] };
  }
}

let prepare = () => {};
const prepared = new Promise<void>((resolve) => {
  prepare = resolve;
});

/** Takes its time before it can answer. */
@Module({})
class SlowModule {
  static forRoot(config: { NATS_URL: string }): DynamicModule {
    return { module: SlowModule, imports: [ServiceModule.forRoot('slow', config)], controllers: [SlowController] };
  }
  onModuleInit() {
    return prepared;
  }
}

@Module({})
class AskingModule {
  static forRoot(config: { NATS_URL: string }): DynamicModule {
    return { module: AskingModule, imports: [ServiceModule.forRoot('asking', config)] };
  }
}

describe('A request from one service to another', () => {
  const ctx = serviceContext('asking', 'de');
  let nats: Awaited<ReturnType<typeof testNats>>;
  let answering: RunningService;
  let asking: RunningService;
  let client: RpcClient;
  const config = () => ({ ...z.object(baseConfig).parse({ LOG_LEVEL: 'silent' }), NATS_URL: nats.url });

  beforeAll(async () => {
    nats = await testNats();
    answering = await startService('things', ThingModule, config());
    asking = await startService('asking', AskingModule, config());
    client = asking.app.get(RpcClient, { strict: false });
  });
  afterAll(async () => {
    await asking.stop();
    await answering.stop();
    await nats.stop();
  });

  it('is answered, cut to the contract', async () => {
    expect(await client.call(things.get, { id: '7' }, ctx)).toEqual({ id: '7', text: 'de' });
  });

  it('that does not fit its schema is refused with a pointer', async () => {
    await expect(client.call(things.get, { id: 'x'.repeat(21) }, ctx)).rejects.toMatchObject({
      code: 'invalid-body',
      errors: [{ pointer: '/id' }],
    });
  });

  it('brings back a refusal with its code, detail and pointers', async () => {
    const refusal = client.call(things.refuse, {}, ctx);
    await expect(refusal).rejects.toBeInstanceOf(Problem);
    await expect(refusal).rejects.toMatchObject({
      code: 'duplicate',
      errors: [{ pointer: '/name', detail: 'is taken' }],
    });
  });

  it('tells nothing of an unexpected error but that there was one', async () => {
    const failure = client.call(things.fail, {}, ctx);
    await expect(failure).rejects.toMatchObject({ code: 'internal' });
    await expect(failure).rejects.not.toThrow(/Ada/);
  });

  it('is unavailable, and no mistake of ours, when the database is away', async () => {
    await expect(client.call(things.away, {}, ctx)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is taken by a service only when that has prepared itself', async () => {
    const slow = startService('slow', SlowModule, config());
    await expect(client.call(things.slow, {}, ctx)).rejects.toMatchObject({ code: 'unavailable' });
    prepare();
    const { stop } = await slow;
    expect(await client.call(things.slow, {}, ctx)).toEqual({ done: true });
    await stop();
  });

  it('is unavailable when nobody answers such requests', async () => {
    await expect(client.call(things.nobody, {}, ctx)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('gives up in time', async () => {
    await expect(client.call(things.wait, {}, ctx, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
    release();
  });

  it('is refused when it is larger than a message may be', async () => {
    await expect(client.call(things.get, { id: 'x'.repeat(300_000) }, ctx)).rejects.toMatchObject({
      code: 'payload-too-large',
    });
  });

  it('gets a whole answer that is larger than a message may be', async () => {
    const { text } = await client.call(things.large, { size: 500_000 }, ctx);
    expect(text).toBe('é'.repeat(500_000));
  });

  it('fetches all of a long list of ids, without the unknown ones', async () => {
    const ids = Array.from({ length: 700 }, (_, i) => `t${i}`);
    const found = await client.fetchAll(things.batch, [...ids, 'unknown', 't0'], ctx);
    expect(found.map((one) => one.id).sort()).toEqual([...ids].sort());
  });

  it('that runs is finished when the service stops, and health says so meanwhile', async () => {
    const started = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    const other = await startService('things-2', ThingModule, config());
    // Both copies share the queue group "things": only this one may answer here.
    await answering.stop();
    const answer = client.call(things.wait, {}, ctx);
    await started;
    const stopped = other.stop();
    expect((await fetch(`${other.internalUrl}/health/ready`)).status).toBe(503);
    await eventually(() =>
      expect(client.call(things.get, { id: '1' }, ctx)).rejects.toMatchObject({ code: 'unavailable' }),
    );
    release();
    expect(await answer).toEqual({ done: true });
    await stopped;
    answering = await startService('things', ThingModule, config());
  });

  it('fails in the time it has while NATS is away, and works again when it is back', async () => {
    await nats.kill();
    await eventually(() =>
      expect(client.call(things.get, { id: '1' }, ctx, { timeoutMs: 200 })).rejects.toMatchObject({
        code: 'unavailable',
      }),
    );
    expect((await fetch(`${answering.internalUrl}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${answering.internalUrl}/health/ready`)).json()).toEqual({
      status: 'not-ready',
      problems: ['nats: not connected'],
    });
    await nats.start();
    await eventually(async () =>
      expect(await client.call(things.get, { id: '1' }, ctx)).toEqual({ id: '1', text: 'de' }),
    );
    expect((await fetch(`${answering.internalUrl}/health/ready`)).status).toBe(200);
  });

  it('waits for a NATS that is back within its time, and for those who answer there', async () => {
    await nats.kill();
    await eventually(async () =>
      expect(await (await fetch(`${asking.internalUrl}/health/ready`)).text()).toMatch(/nats: not connected/),
    );
    const answer = client.call(things.get, { id: '1' }, ctx, { timeoutMs: 20_000 });
    await nats.start();
    expect(await answer).toEqual({ id: '1', text: 'de' });
  });

  it('is counted in the metrics by subject and outcome', async () => {
    const text = await (await fetch(`${answering.internalUrl}/metrics`)).text();
    expect(text).toMatch(/ceresio_rpc_unanswered_total\{subject="rpc\.nobody\.asks",reason="unavailable"\} [1-9]/);
    expect(text).toMatch(/ceresio_rpc_unanswered_total\{subject="rpc\.things\.wait",reason="timeout"\} 1/);
    expect(text).toMatch(/ceresio_rpc_duration_seconds_count\{subject="rpc\.things\.refuse",outcome="duplicate"\} 1/);
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('can be sent by a service that was started before NATS', async () => {
    await nats.kill();
    const early = startService('early', AskingModule, config());
    await nats.start();
    const service = await early;
    await eventually(async () =>
      expect(await service.app.get(RpcClient, { strict: false }).call(things.get, { id: '2' }, ctx)).toMatchObject({
        id: '2',
      }),
    );
    await service.stop();
  });
});
