import { mkdtempSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { provisionDatabases, removePlace, serviceDatabaseUrl, startEngines } from '#libs/engines';
import { type Figures, tellEverybody } from './notices/run.js';

const HELP = `npm run bench:notices [-- --notices 10000] [--people 2000] [--kills 30] [--seed 1]

Tells people with mixed preferences of many things while the notifications and a real SMTP server are killed at random, then compares
what arrived with what should have: nothing lost, nothing outside quiet hours or above the cap, digests complete, doubles counted.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      notices: { type: 'string', default: '10000' },
      people: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(`${HELP}\n`);
  const dir = mkdtempSync(join(tmpdir(), 'ceresio-bench-'));
  // As root the engines run as somebody else, who must be able to enter.
  await chmod(dir, 0o755);
  const engines = await startEngines({ dir, only: ['postgres', 'nats'], ports: 'free', env: {} });
  const began = Date.now();
  try {
    await provisionDatabases(engines.postgres.url, ['notifications'], { notifications: 'bench' });
    const figures = await tellEverybody({
      databaseUrl: serviceDatabaseUrl(engines.postgres.url, 'notifications', 'bench'),
      natsUrl: engines.nats.url,
      people: Number(values.people),
      notices: Number(values.notices),
      kills: Number(values.kills),
      seed: Number(values.seed),
      say: (line) => process.stderr.write(`${Math.round((Date.now() - began) / 1000)} s: ${line}\n`),
    });
    process.stdout.write(`${summary(figures)}\n`);
  } finally {
    await engines.stop();
    await removePlace(dir);
  }
}

/** The figures as a table, and once more as one line for programs. */
function summary({ mail, webhooks, kills, ...rest }: Figures): string {
  const rows = Object.entries({
    ...rest,
    'deaths of the sender': kills.service,
    'deaths of the mail server': kills.postOffice,
    ...named('mail', mail),
    ...named('webhook', webhooks),
  }).map(([what, figure]) => `| ${what} | ${figure} |`);
  return ['| What | Figure |', '|---|---:|', ...rows, '', JSON.stringify({ ...rest, kills, mail, webhooks })].join(
    '\n',
  );
}

function named(channel: string, figures: object): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [`${channel}: ${name}`, figure as number]));
}

await main();
