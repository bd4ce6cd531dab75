import { setTimeout as pause } from 'node:timers/promises';
import { TcpProxy } from '#libs/testing';
import { type Bench, type Scenario, soon } from '../scenario.js';

const HOLE_MS = 30_000;
const ANSWER_MS = 4000;
const BACK_MS = 30_000;

let proxy: TcpProxy;

/** Between every service and NATS nothing comes through any more, and nobody is told: connections stay open. */
export const scenario: Scenario = {
  number: 10,
  title: 'NATS black-holed for 30 s',
  settings: {
    broker: async ({ url, monitor }) => {
      proxy = await TcpProxy.before(url);
      return { url: proxy.url(url), operatorUrl: url, monitor, stop: () => proxy.close() };
    },
  },
  async run(bench) {
    await bench.writers.until(0.4);
    proxy.blackhole();
    const answers: { status: number; ms: number }[] = [];
    for (const until = Date.now() + HOLE_MS; Date.now() < until; await pause(500))
      answers.push(...(await Promise.all([ask(bench, 'GET', '/v1/companies'), ask(bench, 'POST', '/v1/matches')])));
    proxy.pass();
    const healed = Date.now();
    const slowest = Math.max(...answers.map(({ ms }) => ms));
    const statuses = [...new Set(answers.map(({ status }) => status))].sort();
    bench.note(`${answers.length} requests meanwhile: ${statuses.join(', ')}, the slowest after ${slowest} ms`);
    bench.claim(
      `answers were ${statuses.join(', ')}`,
      statuses.every((status) => status === 503 || status === 504),
    );
    bench.claim(`an answer took ${slowest} ms`, slowest <= ANSWER_MS);
    await soon('nothing is answered', 120_000, async () => {
      const both = await Promise.all([ask(bench, 'GET', '/v1/companies'), ask(bench, 'POST', '/v1/matches')]);
      return both.every(({ status }) => status === 200);
    });
    await bench.world.untilReady(undefined, 120_000);
    const back = Date.now() - healed;
    bench.note(`answered and ready again ${(back / 1000).toFixed(1)} s after it was healed`);
    bench.claim(`it took ${back} ms`, back <= BACK_MS);
  },
};

async function ask({ world }: Bench, method: string, path: string): Promise<{ status: number; ms: number }> {
  const from = Date.now();
  const response = await fetch(world.gateways[0] + path, {
    method,
    headers: { authorization: `Bearer ${await world.token('coordinator')}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: JSON.stringify({ text: 'saldatura laser', seek: 'experts' }) }),
    signal: AbortSignal.timeout(20_000),
  });
  await response.arrayBuffer();
  return { status: response.status, ms: Date.now() - from };
}
