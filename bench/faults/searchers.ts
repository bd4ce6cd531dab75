import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './scenario.js';

const PAUSE_MS = 100;
const QUESTIONS = ['saldatura laser', 'visione artificiale', 'manutenzione predittiva', 'tessuti tecnici'];

/** What the answers to one question after the other came to. */
export interface Searches {
  asked: number;
  degraded: number;
  empty: number;
  /** Answers that were none: statuses, or why there was no answer. */
  failed: string[];
}

/** Somebody who looks for experts all the time, until `stop`. */
export function searching({ world }: Bench): { seen: Searches; stop(): Promise<Searches> } {
  const seen: Searches = { asked: 0, degraded: 0, empty: 0, failed: [] };
  let stopped = false;
  const loop = (async () => {
    const token = await world.token('coordinator');
    for (let n = 0; !stopped; n++) {
      await one(world.gateways[0]!, token, QUESTIONS[n % QUESTIONS.length]!, seen).catch((error: Error) =>
        seen.failed.push(error.message),
      );
      await pause(PAUSE_MS);
    }
  })();
  return {
    seen,
    stop: async () => {
      stopped = true;
      await loop;
      return seen;
    },
  };
}

async function one(gateway: string, token: string, text: string, seen: Searches): Promise<void> {
  seen.asked++;
  const answer = await fetch(`${gateway}/v1/matches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text, seek: 'experts' }),
    signal: AbortSignal.timeout(10_000),
  });
  const body = (await answer.json()) as { items?: unknown[]; degraded?: boolean; code?: string };
  if (!answer.ok) seen.failed.push(`${answer.status} ${body.code}`);
  else if (body.degraded) seen.degraded++;
  if (answer.ok && body.items?.length === 0) seen.empty++;
}

/** Ids with revisions, as `id revision`, that the index holds and that the database says it should. */
export async function searchable({ world, books }: Bench): Promise<{ indexed: string[]; expected: string[] }> {
  const { url, masterKey } = world.engines.meilisearch;
  const indexed: string[] = [];
  for (const uid of ['experts', 'companies', 'opportunities'])
    for (let offset = 0, total = 1; offset < total; offset += 1000) {
      const answer = await fetch(
        `${url}/indexes/ceresio_${uid}/documents?fields=id,revision&limit=1000&offset=${offset}`,
        {
          headers: { authorization: `Bearer ${masterKey}` },
        },
      );
      if (!answer.ok) throw new Error(`ceresio_${uid}: ${answer.status}`);
      const page = (await answer.json()) as { total: number; results: { id: string; revision: number }[] };
      total = page.total;
      indexed.push(...page.results.map(({ id, revision }) => `${id} ${revision}`));
    }
  const owned = [
    await books.sql<Row>('companies', 'SELECT id, revision FROM company'),
    await books.sql<Row>('companies', `SELECT id, revision FROM opportunity WHERE state = 'published'`),
    await books.sql<Row>('experts', 'SELECT id, revision FROM expert WHERE listed'),
  ].flat();
  return { indexed: indexed.sort(), expected: owned.map(({ id, revision }) => `${id} ${revision}`).sort() };
}

interface Row {
  id: string;
  revision: number;
}
