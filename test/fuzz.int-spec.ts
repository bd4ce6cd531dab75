import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventually } from '#libs/testing';
import { fault } from './fuzz/answers.js';
import { routes } from './fuzz/document.js';
import { INSPECTABLE, usedHeap } from './fuzz/heap.js';
import { type Fuzzed, ID, requests } from './fuzz/requests.js';
import { type Platform, startPlatform } from './platform.js';

/** `npm run test:fuzz` asks 20,000 times; FUZZ_SEED repeats a run that failed. */
const COUNT = Number(process.env.FUZZ_REQUESTS ?? 500);
const SEED = Number(process.env.FUZZ_SEED ?? 20_260_101);
const AT_ONCE = 5;
/** Shorter runs say nothing about memory: compiled code and caches still grow. */
const LONG = 10_000;
const IDS_KEPT = 40;
/** So many of each kind at the beginning, for some are erased on the way. */
const PREPARED = 6;
const OFF = { RATE_USER: 'off', RATE_ACCOUNT: 'off', RATE_ADDRESS: 'off', RATE_MATCHES: 'off' };

describe(`Requests that nobody should send (${COUNT})`, () => {
  let platform: Platform;
  const ids = new Map<string, string[]>();
  const callers: string[] = ['admin', 'coordinator', 'coordinator:ITC43', 'facilitator:ITC43', ''];

  const made = async (kind: string, path: string, body: object): Promise<string> => {
    const { body: answer } = await platform.ask<{ id: string }>('admin', 'POST', path, body);
    keep(kind, answer.id);
    return answer.id;
  };
  const keep = (kind: string, id: string) => {
    const all = [id, ...(ids.get(kind) ?? [])].slice(0, IDS_KEPT);
    ids.set(kind, all);
  };

  beforeAll(async () => {
    platform = await startPlatform(['--no-sample'], { ...OFF, ...INSPECTABLE });
    for (let i = 0; i < PREPARED; i++) {
      const name = `Officina Inventata ${i}`;
      const firm = await made('companies', '/v1/companies', {
        name,
        country: 'IT',
        territory: 'ITC43',
        text: 'Saldatura laser',
      });
      const expert = await made('experts', '/v1/experts', {
        name: `Anna Inventata ${i}`,
        country: 'CH',
        text: 'Saldatura laser',
      });
      const need = { type: 'TR', title: 'Saldatura', summary: 'Cerchiamo saldatura laser', lang: 'it' };
      const opportunity = await made('opportunities', `/v1/companies/${firm}/opportunities`, need);
      await platform.ask('admin', 'POST', `/v1/opportunities/${opportunity}/publish`, {});
      if (i === 0) callers.push(`firm:${firm}`, `expert:${expert}`);
      await eventually(async () => {
        const { body } = await platform.ask<{ items: { id: string }[] }>(
          'admin',
          'GET',
          `/v1/opportunities/${opportunity}/suggestions`,
        );
        expect(body.items.length).toBeGreaterThan(0);
        for (const { id } of body.items) keep('suggestions', id);
      });
    }
  }, 180_000);
  afterAll(() => platform.stop(), 30_000);

  const send = async (fuzzed: Fuzzed): Promise<string | undefined> => {
    const { route, as, query, headers, body } = fuzzed;
    const real = (text: string) =>
      text.replaceAll(new RegExp(`${ID}(\\w+)-(\\d+)`, 'g'), (_, kind, n) => {
        const all = ids.get(kind) ?? ids.get('companies') ?? [];
        return all[Number(n) % all.length] ?? '';
      });
    const steps = [...fuzzed.path];
    const path = route.path.replaceAll(/\{\w+\}/g, () => real(steps.shift() ?? ''));
    const caller = callers[as % callers.length];
    const abort = new AbortController();
    const response = await fetch(platform.run().gateway + path + real(query), {
      method: route.method,
      headers: { ...headers, ...(caller && { authorization: `Bearer ${await platform.token(caller)}` }) },
      body: body === undefined ? undefined : real(body.toWellFormed()),
      redirect: 'manual',
      signal: AbortSignal.any([abort.signal, AbortSignal.timeout(20_000)]),
    });
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('text/event-stream')) {
      abort.abort();
      return undefined;
    }
    const answer = { status: response.status, type, body: await response.text() };
    if (answer.status === 201) {
      const { id } = JSON.parse(answer.body) as { id?: string };
      const kind = route.path.endsWith('/interest') ? 'interests' : (route.path.split('/').at(-1) ?? '');
      if (id) keep(kind, id);
    }
    if (!caller && answer.status !== 401 && answer.status < 500) return `let nobody in with ${answer.status}`;
    return fault(route.path, route.method, route.operation, answer);
  };
  const ask = async (count: number, seed: number) => {
    const property = fc.asyncProperty(
      fc.array(requests, { minLength: AT_ONCE, maxLength: AT_ONCE }),
      async (together) => {
        const faults = await Promise.all(
          together.map(async (one) => {
            const wrong = await send(one);
            return wrong && `${one.route.method} ${one.route.path} ${wrong}`;
          }),
        );
        expect(faults.filter(Boolean)).toEqual([]);
      },
    );
    await fc.assert(property, {
      numRuns: Math.ceil(count / AT_ONCE),
      seed,
      endOnFailure: process.env.FUZZ_SHRINK === undefined,
    });
  };

  it(
    'are each answered as documented or refused as a problem, and nothing breaks or grows',
    async () => {
      expect(routes.length).toBeGreaterThan(50);
      const warm = COUNT >= LONG ? COUNT / 5 : 0;
      const names = platform
        .run()
        .processes.map(({ name }) => name)
        .filter((name) => !/^(supervisor|postgres|nats|meilisearch|issuer)$/.test(name));
      if (warm > 0) await ask(warm, SEED + 1);
      const before = new Map<string, number>();
      if (warm > 0) for (const name of names) before.set(name, await usedHeap(platform, name));
      await ask(COUNT - warm, SEED);
      for (const [name, bytes] of before) {
        // What is still being worked off is not yet garbage.
        const grown = async () => {
          const factor = (await usedHeap(platform, name)) / bytes;
          if (factor > 1.2) throw new Error(`${name} uses ${factor.toFixed(2)} times the memory it used before`);
        };
        await eventually(grown, { timeout: 120_000, every: 5_000 });
      }
      expect(platform.output()).not.toMatch(/ended \(/);
    },
    60 * 60_000,
  );
});
