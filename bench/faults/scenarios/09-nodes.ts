import { type NatsServer, startNatsNodes } from '#libs/engines';
import { type Bench, type Scenario, soon } from '../scenario.js';

const OUTAGE_MS = 15_000;
const OWNERS = ['companies', 'experts', 'matching', 'cooperation'];

let nodes: NatsServer[] = [];

/** Three nodes, every stream on all of them: the one that leads a stream is killed twice, then all at once. */
export const scenario: Scenario = {
  number: 9,
  title: 'three NATS nodes: leader killed ×2, then all',
  settings: {
    streams: { replicas: 3 },
    broker: async ({ users, password, dir }) => {
      nodes = await startNatsNodes(dir, 3, { users, password });
      return {
        url: nodes.map(({ url }) => url).join(','),
        monitor: nodes.map(({ monitor }) => monitor).join(','),
        stop: async () => {
          await Promise.all(nodes.map((node) => node.stop()));
        },
      };
    },
  },
  async run(bench) {
    for (const share of [0.2, 0.45]) {
      await bench.writers.until(share);
      const { node, name } = await leader(bench, 'COMPANIES');
      const death = { name, pid: node.pid() ?? 0, signal: 'SIGKILL' as const };
      await node.kill();
      bench.world.deaths.push(death);
      await outage(bench, `${name}, which led COMPANIES, was killed`, Date.now());
      await node.start();
      await whole(bench);
    }
    await bench.writers.until(0.7);
    for (const [i, node] of nodes.entries())
      bench.world.deaths.push({ name: `nats-${i + 1}`, pid: node.pid() ?? 0, signal: 'SIGKILL' });
    const from = Date.now();
    await Promise.all(nodes.map((node) => node.kill()));
    await Promise.all(nodes.map((node) => node.start()));
    await outage(bench, 'all three were killed and started again', from);
    await whole(bench);
  },
};

async function leader(bench: Bench, stream: string): Promise<{ node: NatsServer; name: string }> {
  const { cluster } = await (await bench.books.jetstream()).streams.info(stream);
  const name = cluster?.leader ?? '';
  const node = nodes[Number(name.replace('nats-', '')) - 1];
  if (!node) throw new Error(`${stream} has no leader among the nodes: "${name}"`);
  return { node, name };
}

/** It is over when writes are acknowledged again and what they told stands in the streams. */
async function outage(bench: Bench, what: string, from: number): Promise<void> {
  const enough = bench.writers.done + 2 * bench.run.writers;
  await soon('no write was acknowledged', 60_000, () => bench.writers.done >= enough);
  for (const owner of OWNERS) {
    await soon(`events of ${owner} wait`, 60_000, async () => {
      const text = `SELECT id FROM outbox WHERE sent_at IS NULL AND created_at < to_timestamp(${from / 1000})`;
      return (await bench.books.ids(owner, text)).length === 0;
    });
  }
  const ms = Date.now() - from;
  bench.note(`${what}: over after ${(ms / 1000).toFixed(1)} s`);
  bench.claim(`the outage lasted ${ms} ms`, ms <= OUTAGE_MS);
}

/** The next leader may be killed only when the others have what it has: three copies bear the loss of one. */
async function whole(bench: Bench): Promise<void> {
  await soon('a stream has not all its copies', 60_000, async () => {
    const jsm = await bench.books.jetstream();
    for (const owner of [...OWNERS, 'notifications', 'privacy']) {
      const { cluster } = await jsm.streams.info(owner.toUpperCase());
      const others = cluster?.replicas ?? [];
      if (!cluster?.leader || others.length !== 2 || others.some(({ current }) => !current)) return false;
    }
    return true;
  });
}
