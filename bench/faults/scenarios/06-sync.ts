import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { natsConfig, removePlace, startNatsWith } from '#libs/engines';
import { projectRoot } from '../../../commands/directory.js';
import type { Scenario } from '../scenario.js';

/** What a server might have in the line's place, or instead of it. */
const UNSAFE = ['', 'sync_interval: 1s'];

/** The platform is started on NATS servers that acknowledge what they have not written; beside it, one that is safe goes on as ever. */
export const scenario: Scenario = {
  number: 6,
  title: 'start refused without `sync_interval: always`',
  async run(bench) {
    for (const [i, line] of UNSAFE.entries()) {
      const settings = natsConfig().server.replace('sync_interval: always', line);
      const dir = join(bench.world.dir, `unsafe-${i}`);
      const nats = await startNatsWith(settings, dir);
      try {
        const { code, said } = await startOn(nats.url, nats.monitor ?? '', dir);
        bench.claim(`the start on NATS with "${line}" ended with ${code}`, code === 1);
        bench.claim(`it did not say why: ${said}`, /is refused: set `sync_interval: always`/.test(said));
        bench.claim('a service was started all the same', !existsSync(join(dir, 'logs', 'companies.log')));
        bench.note(`${line || 'no sync_interval'}: ${said.split('\n').find((one) => one.includes('refused')) ?? said}`);
      } finally {
        await nats.stop();
        await removePlace(dir);
      }
    }
  },
};

async function startOn(natsUrl: string, monitorUrl: string, dir: string) {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const env = {
    ...inherited,
    NODE_ENV: 'development',
    CERESIO_DIR: dir,
    NATS_URL: natsUrl,
    NATS_MONITOR_URL: monitorUrl,
  };
  const child = spawn(process.execPath, [join(projectRoot(), 'dist/commands/start.js'), '--no-sample'], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  // A start that was not refused would go on for ever.
  const giveUp = setTimeout(() => child.kill('SIGINT'), 60_000);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(giveUp);
  return { code, said };
}
