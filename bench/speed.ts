import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import autocannon from 'autocannon';
import { DataSource } from 'typeorm';
import { Lexicon } from '#libs/competences';
import { searchKeyValues } from '#libs/engines';
import { eventually } from '#libs/testing';
import { Frequencies } from '../services/matching/src/frequency/frequencies.js';
import { countsSince } from '../services/matching/src/frequency/frequency.store.js';
import { INDEX_SETTINGS } from '../services/matching/src/index/document.js';
import { Relations } from '../services/matching/src/match/competence.part.js';
import { needOf } from '../services/matching/src/match/need.js';
import { Phrasings } from '../services/matching/src/match/phrasing.js';
import { WEIGHTS } from '../services/matching/src/match/ranking.weights.js';
import type { Scale } from '../services/matching/src/match/score.js';
import { termQueries } from '../services/matching/src/match/term-queries.js';
import { understand } from '../services/matching/src/match/understanding.js';
import { databaseUrl, type Platform, startPlatform } from '../test/platform.js';
import { copyTime, indexed, indexTime, PLAIN_SETTINGS } from './baselines.js';
import { atLeast, atMost, noAim, percentile, type Ratio, table, timed } from './measure.js';
import { generateNetwork } from './network.js';

const HELP = `npm run bench [-- --share 0.1] [--seed 1]

Imports 60,446 generated firms and 2,000 experts into a platform of its own, and prints ratios measured in this run:
import to bare COPY plus bare indexing, POST /v1/matches to the Meilisearch queries it makes, and from publishing to the notice.
--share scales the network down for a quick look; --seed generates another one.`;

const root = join(import.meta.dirname, '..');
const say = (line: string) => process.stderr.write(`${line}\n`);
const agent = new Agent({ keepAlive: true });
const ROUNDS = 2;
const CONNECTIONS = 50;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      share: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return void process.stdout.write(`${HELP}\n`);
  const network = generateNetwork(Number(values.seed), Number(values.share));
  say(`${network.companies.length} firms, ${network.experts.length} experts`);
  const platform = await startPlatform();
  try {
    const ratios = [
      ...(await importing(platform, network)),
      ...(await matching(platform, network.needs)),
      ...(await throughput(platform, network.needs)),
      ...(await telling(platform, network.needs)),
    ];
    process.stdout.write(`${table(ratios)}\n`);
    process.stdout.write(
      `${JSON.stringify(Object.fromEntries(ratios.map(({ what, ratio }) => [what, Number(ratio.toFixed(3))])))}\n`,
    );
  } finally {
    await platform.stop();
  }
}

async function importing(platform: Platform, network: ReturnType<typeof generateNetwork>): Promise<Ratio[]> {
  const run = promisify(execFile);
  const environment = { ...process.env, CERESIO_DIR: platform.dir };
  const { ms } = await timed(async () => {
    for (const kind of ['companies', 'experts'] as const) {
      const file = join(platform.dir, `${kind}.json`);
      const items = network[kind].map((item) =>
        'sectors' in item ? { ...item, sectors: item.sectors?.map(({ code }) => code) } : item,
      );
      await writeFile(file, JSON.stringify(items));
      const consent = kind === 'experts' ? ['--consent-basis', 'generated'] : [];
      await run(
        process.execPath,
        [join(root, 'dist/commands/import.js'), kind, file, '--source', 'bench', ...consent],
        { env: environment, maxBuffer: 1e9 },
      );
      say(`${kind} are in PostgreSQL`);
    }
    await eventually(
      async () => {
        const counts = await Promise.all([documents(platform, 'companies'), documents(platform, 'experts')]);
        if (counts[0] < network.companies.length || counts[1] < network.experts.length)
          throw new Error(`only ${counts} are searchable`);
      },
      { timeout: 1_200_000, every: 200 },
    );
  });
  say('all are searchable');
  const { postgres } = platform.run().engines;
  const copy =
    (await copyTime(postgres, await databaseUrl(platform, 'companies'), 'company')) +
    (await copyTime(postgres, await databaseUrl(platform, 'experts'), 'expert'));
  const { url, masterKey } = searchEngine(platform);
  const lists = [...network.companies, ...network.experts].map((item, id) => ({ id, ...item }));
  const plain = await indexTime(url, masterKey, lists, PLAIN_SETTINGS);
  const own = [
    ...(await indexed(url, masterKey, 'ceresio_companies')),
    ...(await indexed(url, masterKey, 'ceresio_experts')),
  ];
  const compact = await indexTime(url, masterKey, own, INDEX_SETTINGS);
  const of = (index: number) => `${seconds(ms)} / (${seconds(copy)} + ${seconds(index)})`;
  return [
    atMost('import / (COPY + indexing the imported documents)', ms / (copy + plain), 2.5, of(plain)),
    noAim('import / (COPY + indexing the analysed documents)', ms / (copy + compact), of(compact)),
  ];
}

/** One after the other, each need once bare and once through the platform, so that both meet the same moment. */
async function matching(platform: Platform, needs: readonly string[]): Promise<Ratio[]> {
  const bare: number[] = [];
  const ours: number[] = [];
  const [api, bareCall] = [await matchCall(platform), await bareCalls(platform)];
  for (const [i, need] of [...needs, ...needs].entries()) {
    const search = await timed(() => post(...bareCall(need)));
    const match = await timed(() => post(...api(need)));
    // The first round warms both: the engine's pages, the copies in memory, the compilers.
    if (i < needs.length) continue;
    bare.push(search.ms);
    ours.push(match.ms);
  }
  const ratio = (p: number, aim: number) =>
    atMost(
      `match / its search, p${p}`,
      percentile(ours, p) / percentile(bare, p),
      aim,
      `${percentile(ours, p).toFixed(1)} ms / ${percentile(bare, p).toFixed(1)} ms`,
    );
  say(`matching holds ${memory(platform, 'matching')} MB`);
  return [ratio(50, 1.5), ratio(99, 2)];
}

async function throughput(platform: Platform, needs: readonly string[]): Promise<Ratio[]> {
  const [api, bareCall] = [await matchCall(platform), await bareCalls(platform)];
  const rates = { ours: 0, bare: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    rates.bare += await rate(needs.map((need) => bareCall(need)));
    rates.ours += await rate(needs.map((need) => api(need)));
  }
  return [
    atLeast(
      'match / its search, throughput at 50 connections',
      rates.ours / rates.bare,
      0.7,
      `${Math.round(rates.ours / ROUNDS)}/s / ${Math.round(rates.bare / ROUNDS)}/s`,
    ),
  ];
}

/** From the answer to `publish` until its best expert's inbox holds the notice, in units of one match. */
async function telling(platform: Platform, needs: readonly string[]): Promise<Ratio[]> {
  const { body: firm } = await platform.ask<{ id: string }>('coordinator', 'POST', '/v1/companies', {
    name: 'Impresa Inventata',
    country: 'IT',
  });
  const api = await matchCall(platform);
  const told: number[] = [];
  const matched: number[] = [];
  for (const [i, need] of needs.slice(0, 20).entries()) {
    const opportunity = { type: 'TR', title: `Fabbisogno ${i}`, summary: need.slice(0, 500), lang: 'it' };
    const { body: draft } = await platform.ask<{ id: string }>(
      `firm:${firm.id}`,
      'POST',
      `/v1/companies/${firm.id}/opportunities`,
      opportunity,
    );
    const { ms } = await timed(async () => {
      await platform.ask(`firm:${firm.id}`, 'POST', `/v1/opportunities/${draft.id}/publish`, {});
      await eventually(
        async () => {
          const suggestions = await platform.ask<{ items: { subject: { id: string } }[] }>(
            `firm:${firm.id}`,
            'GET',
            `/v1/opportunities/${draft.id}/suggestions`,
          );
          const best = suggestions.body.items[0]?.subject.id;
          if (!best) throw new Error('no suggestion yet');
          const inbox = await platform.ask<{ items: { refs: { opportunityId?: string } }[] }>(
            `expert:${best}`,
            'GET',
            '/v1/inbox',
          );
          if (!inbox.body.items.some(({ refs }) => refs.opportunityId === draft.id)) throw new Error('no notice yet');
        },
        { timeout: 60_000, every: 10 },
      );
    });
    told.push(ms);
    matched.push((await timed(() => post(...api(need)))).ms);
  }
  return [50, 95].map((p) =>
    noAim(
      `publish to notice / one match, p${p}`,
      percentile(told, p) / percentile(matched, 50),
      `${percentile(told, p).toFixed(0)} ms / ${percentile(matched, 50).toFixed(1)} ms`,
    ),
  );
}

type Call = [url: string, key: string, body: string];

async function matchCall(platform: Platform): Promise<(need: string) => Call> {
  const token = await platform.token('coordinator');
  const url = `${platform.run().gateway}/v1/matches`;
  return (text) => [url, token, JSON.stringify({ text, seek: 'partners' })];
}

/** The very queries that the platform sends for a need, sent to Meilisearch directly. */
async function bareCalls(platform: Platform): Promise<(need: string) => Call> {
  const { url, masterKey } = searchEngine(platform);
  const frequencies = await countedWords(platform);
  const reading = { lexicon: Lexicon.own(), version: 'bench' };
  const phrasings = new Phrasings(frequencies, () => reading.lexicon);
  const scale: Scale = {
    rarity: (id) => frequencies.concept('company', id),
    phrasings: (need, lang) => phrasings.of(need, lang),
    relations: new Relations(),
    weights: WEIGHTS,
    load: () => undefined,
    today: '',
  };
  return (text) => {
    const asked = termQueries(needOf(understand({ text }, reading), { langs: [] }), [], scale, frequencies);
    const queries = asked.map(({ query }) => ({ ...query, indexUid: 'ceresio_companies' }));
    return [`${url}/multi-search`, searchKeyValues(masterKey).search, JSON.stringify({ queries })];
  };
}

async function countedWords(platform: Platform): Promise<Frequencies> {
  const source = await new DataSource({ type: 'postgres', url: await databaseUrl(platform, 'matching') }).initialize();
  const frequencies = new Frequencies();
  frequencies.apply((await countsSince(source.manager, 0n)).counts);
  await source.destroy();
  return frequencies;
}

function searchEngine(platform: Platform): { url: string; masterKey: string } {
  const { meiliMasterKey } = JSON.parse(readFileSync(join(platform.dir, 'secrets.json'), 'utf8')) as {
    meiliMasterKey: string;
  };
  return { url: platform.run().engines.meilisearch, masterKey: meiliMasterKey };
}

/** Resident memory of one process of the platform, in MB. */
function memory(platform: Platform, name: string): number {
  const { pid } = platform.run().processes.find((process) => process.name === name) ?? {};
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return Math.round((pages * 4096) / 1e6);
}

async function documents(platform: Platform, index: string): Promise<number> {
  const { url, masterKey } = searchEngine(platform);
  const response = await fetch(`${url}/indexes/ceresio_${index}/stats`, {
    headers: { authorization: `Bearer ${masterKey}` },
  });
  return ((await response.json()) as { numberOfDocuments?: number }).numberOfDocuments ?? 0;
}

/** Head and body in one write on a kept connection: with `fetch`, which sends them apart, Meilisearch's delayed acknowledgement costs some 40 ms. */
function post(...[url, key, body]: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { ...headersOf(key), 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString());
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url}: ${response.statusCode} ${Buffer.concat(chunks).toString().slice(0, 300)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function rate(calls: readonly Call[]): Promise<number> {
  const result = await autocannon({
    url: calls[0]![0],
    connections: CONNECTIONS,
    duration: 10,
    requests: calls.map(([url, key, body]) => ({
      method: 'POST',
      path: new URL(url).pathname,
      headers: headersOf(key),
      body,
    })),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${calls[0]![0]}: ${result.non2xx} refusals, ${result.errors} errors`);
  return result.requests.average;
}

const headersOf = (key: string) => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

await main();
