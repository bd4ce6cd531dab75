import { setTimeout as pause } from 'node:timers/promises';
import { provisionSearchKeys } from '#libs/engines';
import { connectNats, ensureLoop, provisionStreams, type TopologySettings } from '#libs/messaging';

/** A new place has more than that to tell, and nothing that anybody would read. */
const SAID_MAX = 12;

/** Where provisioning happens. `monitorUrl` is NATS's monitoring address; without it the server's fsync setting goes unchecked. */
export interface ProvisioningTarget {
  natsUrl: string;
  /** Seed of the provisioner's NKEY; without it the credentials of the URL count. */
  natsSeed?: string;
  monitorUrl?: string;
  meilisearch: { url: string; masterKey: string };
  /** Of the streams, where they are to differ from the usual ones. */
  settings?: Partial<TopologySettings>;
}

/** Streams, durables and search keys that were made, and go on being made again when they disappear until `stop()`. */
export interface Provisioning {
  searchKeys: { indexer: string; search: string };
  stop(): Promise<void>;
}

/** Makes streams, durable consumers and search keys, and goes on making again what somebody or something removed. `log` is told of that. */
export async function provision(target: ProvisioningTarget, log: (line: string) => void): Promise<Provisioning> {
  const { natsUrl, natsSeed, monitorUrl, meilisearch, settings } = target;
  const searchKeys = await provisionSearchKeys(meilisearch.url, meilisearch.masterKey);
  const connection = await connectNats(natsUrl, 'provisioner', { seed: natsSeed });
  const made = await provisionStreams(connection, { ...settings, monitorUrl });
  if (made.length > SAID_MAX) log(`${made.length} streams and consumers were made or changed`);
  else for (const line of made) log(line);
  const loop = ensureLoop(connection, { ...settings, monitorUrl, log });
  const keys = keepSearchKeys(meilisearch);
  return {
    searchKeys,
    stop: async () => {
      await Promise.all([loop.stop(), keys.stop()]);
      await connection.close();
    },
  };
}

// A search engine whose data were deleted has lost its keys as well.
function keepSearchKeys({ url, masterKey }: ProvisioningTarget['meilisearch']): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      await pause(2_000, undefined, { signal: stopped.signal }).catch(() => {});
      // While it is down there is nothing to make; its users report that.
      if (!stopped.signal.aborted) await provisionSearchKeys(url, masterKey).catch(() => {});
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await loop;
    },
  };
}
