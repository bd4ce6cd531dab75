import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallContext } from '#libs/contracts';
import { loadSecrets, setting } from '#libs/engines';
import { connectNats, Nats } from '#libs/messaging';
import { RpcClient } from '#libs/service';
import { dataDirectory } from './directory.js';

/** A connection to the running system, as an administrator. */
export interface Broker {
  rpc: RpcClient;
  ctx: CallContext;
  close(): Promise<void>;
}

/** Where the broker is and who comes: an NKEY, or the credentials in the URL. */
export interface BrokerAddress {
  url: string;
  seed?: string;
}

/**
 * The broker of the system: `NATS_URL` with `NATS_NKEY_SEED` (each also as `…_FILE`), else that of the system started here. Throws when there is neither.
 */
export function brokerAddress(env: NodeJS.ProcessEnv): BrokerAddress {
  const given = setting(env, 'NATS_URL');
  if (given) return { url: given, seed: setting(env, 'NATS_NKEY_SEED') };
  try {
    const run = JSON.parse(readFileSync(join(dataDirectory(env), 'run.json'), 'utf8')) as {
      engines?: { nats?: string };
    };
    if (run.engines?.nats) return commandsOf(dataDirectory(env), run.engines.nats);
  } catch {
    // No system runs here.
  }
  throw new Error('No running system was found: start it with "npm start", or set NATS_URL.');
}

/** Connects to the system's broker; rejects after ten seconds without it. */
export async function openBroker({ url, seed }: BrokerAddress, name: string): Promise<Broker> {
  const connection = await Promise.race([connectNats(url, name, { seed, user: 'commands' }), tooLate()]);
  const rpc = new RpcClient(new Nats(connection));
  return {
    rpc,
    ctx: { actor: { kind: 'admin' }, lang: 'it', requestId: randomUUID() },
    close: () => connection.close(),
  };
}

// A broker that somebody else runs knows its own users only.
function commandsOf(dir: string, url: string): BrokerAddress {
  const { natsPassword, natsSeeds } = loadSecrets(dir);
  const { host, password } = new URL(url);
  return password === natsPassword ? { url: `nats://${host}`, seed: natsSeeds.commands } : { url };
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('The broker (NATS) does not answer.')), 10_000).unref();
  });
}
