import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceDatabaseUrl } from '#libs/engines';
import { reconcile } from '../../../commands/reconcile.js';
import { DATABASE_SERVICES } from '../../../commands/start/services.js';
import type { Bench, Scenario } from '../scenario.js';

/**
 * A disk that lies. After kill -9 NATS reads its files again and drops what follows the damage; after an orderly end it trusts its own index, and finds out when
 * somebody reads. It tells nobody. What can be seen from outside the relay mends, the rest `npm run reconcile`.
 */
export const scenario: Scenario = {
  number: 8,
  title: 'a bit flipped in a stream file ×2, then reconcile',
  async run(bench) {
    const { world, books, writers } = bench;
    await bench.spread(2, async (n) => {
      await world.engines.kill('nats', n === 0 ? 'SIGTERM' : 'SIGKILL');
      bench.note(flip(bench));
      await world.resume('nats');
    });
    await writers.until(1);
    await world.untilReady();
    await books.drain();
    const env = environment(bench);
    const results = (await reconcile(env, true)) ?? [];
    const differed = results
      .filter((one) => one.differed > 0)
      .map((one) => `${one.differed} ${one.what} (${one.service})`);
    bench.note(`reconcile found and mended ${differed.join(', ') || 'nothing'}`);
    const again = (await reconcile(env, false)) ?? [];
    for (const { service, what, differs } of [...results, ...again])
      bench.claim(`${differs} ${what} of ${service} still differ`, differs === 0);
  },
};

/** Flips one bit somewhere in the older half of a file, so that what follows was acknowledged as well. */
function flip(bench: Bench): string {
  const file = bench.pick(blocks(bench.world.dataOf('nats')));
  const bytes = readFileSync(file);
  const at = Math.floor((bytes.length / 2) * bench.random());
  bytes[at] = bytes[at]! ^ (1 << Math.floor(bench.random() * 8));
  writeFileSync(file, bytes);
  return `bit flipped in byte ${at} of ${bytes.length} of ${file.split('/').slice(-3).join('/')}`;
}

/** Files with messages of the streams that tell most. */
function blocks(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\/(COMPANIES|EXPERTS|MATCHING)\/msgs\/\d+\.blk$/.test(path))
    .map((path) => join(dir, path))
    .sort();
}

function environment({ world }: Bench): NodeJS.ProcessEnv {
  const urls = DATABASE_SERVICES.map((service) => [
    `${service.toUpperCase()}_DATABASE_URL`,
    serviceDatabaseUrl(world.engines.postgres.url, service, world.secrets.servicePasswords[service]!),
  ]);
  return { ...Object.fromEntries(urls), NATS_URL: world.operatorNatsUrl };
}
