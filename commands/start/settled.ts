import { setTimeout as pause } from 'node:timers/promises';
import { NEED } from './greeting.js';

const PATIENCE = 20_000;

/**
 * Waits until the network that was just loaded can be searched, so that the first question asked by hand gets its answer.
 * `token` is one of a coordinator. Gives up after 20 s, answering false: a slow index is no reason not to start.
 */
export async function settled(gateway: string, token: string): Promise<boolean> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    if (await answers(gateway, token).catch(() => false)) return true;
    await pause(200);
  }
  return false;
}

async function answers(gateway: string, token: string): Promise<boolean> {
  const response = await fetch(`${gateway}/v1/matches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text: NEED, seek: 'experts' }),
    signal: AbortSignal.timeout(5_000),
  });
  const { items, degraded } = (await response.json()) as { items?: unknown[]; degraded?: boolean };
  return response.ok && degraded === false && (items?.length ?? 0) > 0;
}
