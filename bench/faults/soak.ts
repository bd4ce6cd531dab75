import { setTimeout as pause } from 'node:timers/promises';
import { growths, Memory } from './memory.js';
import type { Bench, Scenario } from './scenario.js';
import { SERVICES } from './settings.js';

const LOOK_MS = 10_000;
const READ_MS = 250;
const GROWTH_MAX = 1.2;
const FIELDS = ['saldatura laser', 'visione artificiale', 'manutenzione predittiva', 'brevetti', 'tessuti tecnici'];

/** Mostly changes: what memory is measured against should not itself become many times as much. */
const MIX = {
  ...{ 'create-company': 3, 'change-company': 42, 'create-expert': 1, 'change-expert': 24 },
  ...{ draft: 7, publish: 5, close: 4, ask: 7, accept: 4, decline: 3 },
} as const;

/** Moderate traffic for many minutes while anything is killed now and then: books balance, memory stays flat, no log line goes unexplained. */
export function soak(minutes: number): Scenario {
  const lasts = minutes * 60_000;
  // Short ones rehearse the rest; there is no five minutes to compare with.
  const settledAfter = Math.min(5 * 60_000, lasts / 3);
  return {
    number: 0,
    title: `soak of ${minutes} minutes`,
    settings: { env: { gateway: { PORTAL: 'off' } } },
    writers: { writes: Number.MAX_SAFE_INTEGER, everyMs: 300, mix: MIX },
    async run(bench) {
      const until = Date.now() + lasts;
      const memory = new Memory();
      const statuses = new Map<number, number>();
      await Promise.all([
        every(LOOK_MS, until, async () => {
          memory.look(SERVICES, (name) => bench.world.pid(name), Date.now());
        }),
        every(READ_MS, until, async () => {
          const status = await read(bench);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }),
        killing(bench, until),
        progress(bench, until),
      ]);
      bench.writers.stop();
      const reads = [...statuses].sort(([a], [b]) => a - b);
      bench.note(`reads by status: ${reads.map(([status, n]) => `${status || 'no connection'} ×${n}`).join(', ')}`);
      bench.claim('a read was answered 500', !statuses.has(500));
      for (const { name, pid, settled, last, ratio } of growths(memory.lives, settledAfter)) {
        const sizes = `${settled.toFixed(0)} MB → ${last.toFixed(0)} MB (×${ratio.toFixed(2)})`;
        bench.note(`memory of ${name} (${pid}): ${sizes}`);
        bench.claim(`${name} (${pid}) grew: ${sizes}`, ratio <= GROWTH_MAX);
      }
    },
  };
}

/** Somebody dies every minute or so, mostly without warning. */
async function killing(bench: Bench, until: number): Promise<void> {
  for (;;) {
    await pause(bench.between(40_000, 90_000));
    // What is killed last has time to come back.
    if (Date.now() > until - 30_000) return;
    const victim = bench.pick(bench.world.names);
    // PostgreSQL takes SIGTERM for a wish, and waits until nobody is connected.
    const gently = SERVICES.some((name) => name === victim) && bench.random() < 0.4;
    await bench.world.kill(victim, gently ? 'SIGTERM' : 'SIGKILL');
  }
}

async function progress(bench: Bench, until: number): Promise<void> {
  await every(60_000, until, async () => {
    const left = Math.round((until - Date.now()) / 60_000);
    bench.run.say(`    ${bench.writers.done} writes, ${bench.world.deaths.length} kills, ${left} minutes left`);
  });
}

async function every(ms: number, until: number, act: () => Promise<void>): Promise<void> {
  while (Date.now() < until) {
    await act();
    await pause(Math.max(0, Math.min(ms, until - Date.now())));
  }
}

/** One question of a reader; 0 when the connection broke. */
async function read(bench: Bench): Promise<number> {
  const { world } = bench;
  const [method, path] = bench.pick([
    ['POST', '/v1/matches'],
    ['GET', '/v1/companies'],
    ['GET', '/v1/experts'],
    ['GET', '/v1/competences?q=sal'],
  ] as const);
  const body = method === 'POST' && { body: JSON.stringify({ text: bench.pick(FIELDS), seek: 'experts' }) };
  const headers = {
    authorization: `Bearer ${await world.token('coordinator')}`,
    ...(body && { 'content-type': 'application/json' }),
  };
  try {
    const response = await fetch(world.gateways[0] + path, {
      ...{ method, headers, ...body },
      signal: AbortSignal.timeout(20_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
