import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '#libs/testing';
import type { Platform } from '../platform.js';

/** Makes every process choose a free port when it is asked to open its inspector. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

/** Bytes that a process of the platform really uses: after everything that is garbage is gone. */
export async function usedHeap(platform: Platform, name: string): Promise<number> {
  const { pid } = platform.run().processes.find((one) => one.name === name) ?? {};
  if (!pid) throw new Error(`${name} does not run`);
  process.kill(pid, 'SIGUSR1');
  const log = join(platform.dir, 'logs', `${name}.log`);
  const url = await eventually(() => {
    const found = readFileSync(log, 'utf8')
      .match(/Debugger listening on (ws:\S+)/g)
      ?.at(-1);
    if (!found) throw new Error(`${name} opened no inspector`);
    return found.replace('Debugger listening on ', '');
  });
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`The inspector of ${name} cannot be reached`));
  });
  let next = 0;
  const ask = (method: string) =>
    new Promise<{ usedSize: number }>((resolve) => {
      const id = ++next;
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as { id?: number; result: { usedSize: number } };
        if (answer.id === id) resolve(answer.result);
      });
      socket.send(JSON.stringify({ id, method }));
    });
  for (let i = 0; i < 3; i++) await ask('HeapProfiler.collectGarbage');
  const { usedSize } = await ask('Runtime.getHeapUsage');
  socket.close();
  return usedSize;
}
