import { createServer } from 'node:net';

/** Resolves to whether nobody listens on the port of the loopback address at this moment. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * A free TCP port on the loopback address.
 * It lies below the range from which systems take the ports of outgoing connections: otherwise such a connection
 * could sit on an engine's port while the engine restarts.
 */
export async function freePort(random: () => number = Math.random): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 20_000 + Math.floor(random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('No free TCP port between 20000 and 32000 on 127.0.0.1.');
}

/** `preferred` when it is free, else another one; `say` is then told which. */
export async function portNear(preferred: number, what: string, say: (line: string) => void): Promise<number> {
  if (await isFree(preferred)) return preferred;
  const port = await freePort();
  say(`Port ${preferred} is taken: ${what} uses ${port}.`);
  return port;
}
