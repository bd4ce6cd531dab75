import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContext } from '#libs/contracts';
import { setting } from '#libs/engines';
import { connectNats, Nats } from '#libs/messaging';
import { RpcClient } from '#libs/service';
import { dataDirectory } from './directory.js';

/** A connection to the running system, as an administrator. */
export interface Broker {
  rpc: RpcClient;
  ctx: CallContext;
  close(): Promise<void>;
}

/** The NATS address of the system: `NATS_URL` (or `NATS_URL_FILE`), else that of the system started here. Throws when there is neither. */
export function brokerUrl(env: NodeJS.ProcessEnv): string {
  const given = setting(env, 'NATS_URL');
  if (given) return given;
  try {
    const run = JSON.parse(readFileSync(join(dataDirectory(env), 'run.json'), 'utf8')) as {
      engines?: { nats?: string };
    };
    if (run.engines?.nats) return run.engines.nats;
  } catch {
    // No system runs here.
  }
  throw new Error('No running system was found: start it with "npm start", or set NATS_URL.');
}

/** Connects to the system's broker; rejects after ten seconds without it. */
export async function openBroker(url: string, name: string): Promise<Broker> {
  const connection = await Promise.race([connectNats(url, name), tooLate()]);
  const rpc = new RpcClient(new Nats(connection));
  return {
    rpc,
    ctx: { actor: { kind: 'admin' }, lang: 'it', requestId: randomUUID() },
    close: () => connection.close(),
  };
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('The broker (NATS) does not answer.')), 10_000).unref();
  });
}
