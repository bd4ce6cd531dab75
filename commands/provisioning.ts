import { setTimeout as pause } from 'node:timers/promises';
import { provisionSearchKeys } from '#libs/engines';
import { connectNats, ensureLoop, provisionStreams } from '#libs/messaging';

/** Where provisioning happens. `monitorUrl` is NATS's monitoring address; without it the server's fsync setting goes unchecked. */
export interface ProvisioningTarget {
  natsUrl: string;
  monitorUrl?: string;
  meilisearch: { url: string; masterKey: string };
}

/** Streams, durables and search keys that were made, and go on being made again when they disappear until `stop()`. */
export interface Provisioning {
  searchKeys: { indexer: string; search: string };
  stop(): Promise<void>;
}

/** Makes streams, durable consumers and search keys; with `watch` it stays and makes again what somebody or something removed. */
export async function provision(
  target: ProvisioningTarget,
  watch: boolean,
  log: (line: string) => void,
): Promise<Provisioning> {
  const { natsUrl, monitorUrl, meilisearch } = target;
  const searchKeys = await provisionSearchKeys(meilisearch.url, meilisearch.masterKey);
  const connection = await connectNats(natsUrl, 'provisioner');
  for (const line of await provisionStreams(connection, { monitorUrl })) log(line);
  const loop = watch ? ensureLoop(connection, { monitorUrl, log }) : undefined;
  const keys = watch ? keepSearchKeys(meilisearch) : undefined;
  return {
    searchKeys,
    stop: async () => {
      await Promise.all([loop?.stop(), keys?.stop()]);
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
