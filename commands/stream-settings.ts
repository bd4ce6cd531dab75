import { setting } from '#libs/engines';
import type { TopologySettings } from '#libs/messaging';

/** What a deployment says of its streams: NATS_REPLICAS (1 to 5) and NATS_STREAM_MB. Throws with a sentence when it is nothing that can be. */
export function streamSettings(env: NodeJS.ProcessEnv): Partial<TopologySettings> {
  const replicas = whole(env, 'NATS_REPLICAS', 1, 5);
  const megabytes = whole(env, 'NATS_STREAM_MB', 1, 1_000_000);
  return {
    ...(replicas && { replicas }),
    ...(megabytes && { maxBytes: megabytes * 1024 * 1024 }),
  };
}

/**
 * NATS_MONITOR_URL, where alone it can be seen whether NATS writes through what it acknowledges; `say` is told when nobody can look.
 * Throws in production, where that must be said on purpose, by `none`.
 */
export function monitorOf(env: NodeJS.ProcessEnv, say: (line: string) => void): string | undefined {
  const url = setting(env, 'NATS_MONITOR_URL');
  if (!url && env.NODE_ENV === 'production')
    throw new Error(
      'NATS_MONITOR_URL is not set: it shows whether NATS has `sync_interval: always`. Where nobody can look, set it to "none".',
    );
  if (url && url !== 'none') return url;
  say('Whether NATS has `sync_interval: always` is not checked: NATS_MONITOR_URL names no monitoring page.');
  return undefined;
}

function whole(env: NodeJS.ProcessEnv, name: string, least: number, most: number): number | undefined {
  const said = setting(env, name);
  if (said === undefined) return undefined;
  const value = Number(said);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}.`);
}
