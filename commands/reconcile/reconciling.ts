import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { CONSUMERS } from '#libs/messaging';
import type { Check, Difference, Sources } from './check.js';

/** What became of one check: how much was compared, what differed at first, what still differs. */
export interface Result {
  service: string;
  what: string;
  compared: number;
  differed: number;
  differs: number;
}

export interface Options {
  repair: boolean;
  /** Called before each check, with how many there are in all. */
  onStep?: (done: number, of: number, what: string) => void;
  /** How long two looks are apart. */
  apartMs?: number;
}

const ROUNDS = 3;
const SETTLE_MS = 60_000;

/** Compares, and repairs what differs until nothing does, three times at most. May run at any time, also beside another one. */
export async function reconciling(
  checks: readonly Check[],
  settled: () => Promise<boolean>,
  { repair, onStep = () => {}, apartMs = 3000 }: Options,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [at, check] of checks.entries()) {
    onStep(at, checks.length, `${check.service}: ${check.what}`);
    const first = await differing(check, settled, apartMs);
    let left = first.differences;
    for (let round = 0; repair && left.length > 0 && round < ROUNDS; round++) {
      await check.repair(left);
      left = (await differing(check, settled, apartMs)).differences;
    }
    const { service, what } = check;
    results.push({ service, what, compared: first.compared, differed: first.differences.length, differs: left.length });
  }
  onStep(checks.length, checks.length, '');
  return results;
}

/** What differs in the same way in two looks, with time between for what was on its way. */
async function differing(
  check: Check,
  settled: () => Promise<boolean>,
  apartMs: number,
): Promise<{ compared: number; differences: Difference[] }> {
  const { compared, differences } = await check.look();
  if (differences.size === 0) return { compared, differences: [] };
  for (const until = Date.now() + SETTLE_MS; Date.now() < until && !(await settled()); await pause(500));
  await pause(apartMs);
  const again = (await check.look()).differences;
  return { compared, differences: [...differences].flatMap(([key, one]) => (again.has(key) ? [one] : [])) };
}

/** Whether nothing is on its way: no event in an outbox, none that a consumer has not handled. */
export function quiet(nc: NatsConnection, sources: Sources): () => Promise<boolean> {
  return async () => {
    for (const source of Object.values(sources)) {
      const [row] = await source.query<unknown[]>('SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1');
      if (row) return false;
    }
    const jsm = await jetstreamManager(nc, { checkAPI: false });
    for (const [service, streams] of Object.entries(CONSUMERS))
      for (const stream of streams) {
        const { num_pending, num_ack_pending } = await jsm.consumers.info(stream, service);
        if (num_pending + num_ack_pending > 0) return false;
      }
    return true;
  };
}
