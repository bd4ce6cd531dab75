import { JetStreamApiCodes, JetStreamApiError, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { DEFAULT_API } from './permissions.js';
import {
  CONSUMERS,
  consumerConfig,
  DEFAULT_SETTINGS,
  type Drift,
  describeDrift,
  differences,
  OWNERS,
  ownerOf,
  streamConfig,
  type TopologySettings,
} from './topology.js';

export interface ProvisionOptions extends Partial<TopologySettings> {
  /** The server's monitoring address, e.g. `http://127.0.0.1:8222`. With it, a server that may lose acknowledged messages is refused. */
  monitorUrl?: string;
}

/**
 * Refuses a server that does not fsync every write: after a power cut it would have lost what it acknowledged.
 * The setting is seen only on the monitoring port (`/varz`). `monitorUrl` may name that of each node, with commas between.
 */
export async function assertSyncAlways(monitorUrl: string): Promise<void> {
  for (const address of monitorUrl.split(',').map((one) => one.trim())) {
    const varz = await lookAt(address);
    if (varz.jetstream?.config?.sync_always === true) continue;
    throw new Error(
      `NATS at ${address} is refused: set \`sync_interval: always\` in its jetstream block, otherwise a power cut loses acknowledged events`,
    );
  }
}

async function lookAt(address: string): Promise<{ jetstream?: { config?: { sync_always?: boolean } } }> {
  try {
    const answer = await fetch(new URL('/varz', address), { signal: AbortSignal.timeout(5000) });
    return (await answer.json()) as Awaited<ReturnType<typeof lookAt>>;
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(
      `NATS's monitoring page at ${address} cannot be read: ${(cause as Error | undefined)?.message ?? message}`,
    );
  }
}

// A server by itself takes the setting, and cannot open the stream any more when it is started again (seen with 2.11.6).
function refuseLonelyCopies(nc: NatsConnection, replicas: number): void {
  if (replicas === 1 || (nc.info as { cluster?: string } | undefined)?.cluster) return;
  throw new Error(`${replicas} copies of each stream (NATS_REPLICAS) need a cluster; this NATS server is by itself`);
}

/** Creates what is missing and updates what differs; returns what it did, one line each. Safe to run again and side by side. */
export async function provisionStreams(nc: NatsConnection, options: ProvisionOptions = {}): Promise<string[]> {
  const { monitorUrl, ...given } = options;
  if (monitorUrl) await assertSyncAlways(monitorUrl);
  const settings = { ...DEFAULT_SETTINGS, ...given };
  refuseLonelyCopies(nc, settings.replicas);
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  const done: string[] = [];
  for (const owner of OWNERS) {
    const config = streamConfig(owner, settings);
    const drift = await streamDrift(jsm, owner, settings);
    if (drift.length === 0) continue;
    if (drift.some((d) => !d.setting)) {
      await jsm.streams.add(config);
      done.push(`created stream ${config.name}`);
    } else {
      await jsm.streams.update(config.name, config);
      done.push(...drift.map((d) => `updated ${describeDrift(d)}`));
    }
  }
  for (const [service, stream] of wiring()) {
    const drift = await consumerDrift(jsm, service, stream);
    if (drift.length === 0) continue;
    if (drift.some((d) => !d.setting)) {
      await jsm.consumers.add(stream, consumerConfig(service, stream));
      done.push(`created consumer ${service} on ${stream}`);
    } else {
      await jsm.consumers.update(stream, service, consumerConfig(service, stream));
      done.push(...drift.map((d) => `updated ${describeDrift(d)}`));
    }
  }
  return done;
}

/**
 * What is missing or differs on the server. With `service`, only that service's own stream and durables;
 * with `settings`, also what a deployment chooses (replicas, window, age, size).
 */
export async function checkTopology(
  nc: NatsConnection,
  only: { service?: string; settings?: TopologySettings; apiPrefix?: string } = {},
): Promise<Drift[]> {
  const jsm = await jetstreamManager(nc, { apiPrefix: only.apiPrefix ?? DEFAULT_API, checkAPI: false });
  const heard = wiring().filter(([service]) => !only.service || service === only.service);
  const streams = OWNERS.filter(
    (owner) =>
      !only.service || owner === ownerOf(only.service) || heard.some(([, stream]) => stream === owner.toUpperCase()),
  );
  const checks = [
    ...streams.map((owner) => streamDrift(jsm, owner, only.settings)),
    ...heard.map(([service, stream]) => consumerDrift(jsm, service, stream)),
  ];
  return (await Promise.all(checks)).flat();
}

/** Provisions again and again, so that what somebody or something removed comes back. For the supervisor or a job. */
export function ensureLoop(
  nc: NatsConnection,
  options: ProvisionOptions & { intervalMs?: number; log?: (line: string) => void } = {},
): { stop(): Promise<void> } {
  const { intervalMs = 2000, log = () => {}, ...provision } = options;
  const stopped = new AbortController();
  let lastError = '';
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      try {
        for (const line of await provisionStreams(nc, provision)) log(line);
        lastError = '';
      } catch (error) {
        const message = (error as Error).message;
        if (message !== lastError && !stopped.signal.aborted) log(`provisioning failed: ${message}`);
        lastError = message;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, intervalMs);
        stopped.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  })();
  return {
    stop: async () => {
      stopped.abort();
      await loop;
    },
  };
}

/** Whether the server says that a stream or a consumer does not exist. */
export const isMissing = (error: unknown): boolean =>
  error instanceof JetStreamApiError &&
  (error.code === JetStreamApiCodes.StreamNotFound || error.code === JetStreamApiCodes.ConsumerNotFound);

const wiring = (): [service: string, stream: string][] =>
  Object.entries(CONSUMERS).flatMap(([service, streams]) =>
    streams.map((stream): [string, string] => [service, stream]),
  );

async function streamDrift(jsm: JetStreamManager, owner: string, settings?: TopologySettings): Promise<Drift[]> {
  const expected = streamConfig(owner, settings);
  const resource = `stream ${expected.name}`;
  try {
    const { config } = await jsm.streams.info(expected.name);
    return differences(resource, expected, config, settings !== undefined);
  } catch (error) {
    if (isMissing(error)) return [{ resource }];
    throw error;
  }
}

async function consumerDrift(jsm: JetStreamManager, service: string, stream: string): Promise<Drift[]> {
  const resource = `consumer ${service} on ${stream}`;
  try {
    const { config } = await jsm.consumers.info(stream, service);
    return differences(resource, consumerConfig(service, stream), config, true);
  } catch (error) {
    if (isMissing(error)) return [{ resource }];
    throw error;
  }
}
