import {
  type Authenticator,
  connect,
  type NatsConnection,
  nkeyAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node';
import { DEVELOPMENT_MARK } from '#libs/contracts';
import { inboxPrefix } from './permissions.js';

export interface ConnectOptions {
  /** Seed of an NKEY; the user's name is then `user`. Without it the credentials in the URL count (`nats://user:password@host:4222`). */
  seed?: string;
  /** Whose inbox prefix to use, where the connection is named otherwise. */
  user?: string;
  /** File with the certificate authority of a server with TLS. */
  caFile?: string;
}

/**
 * Connects to NATS and stays: waits for the first answer, then reconnects for ever. `url` may name several servers, separated by commas.
 * A black-holed connection is noticed after two unanswered pings, ten seconds apart.
 */
export async function connectNats(url: string, name: string, options: ConnectOptions = {}): Promise<NatsConnection> {
  const servers = url
    .split(',')
    .map((one) => new URL(one.trim().includes('://') ? one.trim() : `nats://${one.trim()}`));
  return connect({
    servers: servers.map((server) => server.host),
    name,
    authenticator: authenticatorOf(servers[0]!, options),
    ...(options.caFile || servers[0]!.protocol === 'tls:' ? { tls: { caFile: options.caFile } } : {}),
    // An own prefix lets the server's allow-list give each service its own inbox and nobody else's.
    inboxPrefix: inboxPrefix(options.user ?? name),
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 300,
    reconnectJitter: 300,
    reconnectJitterTLS: 300,
    pingInterval: 10_000,
    maxPingOut: 2,
    timeout: 5000,
  });
}

function authenticatorOf(server: URL, { seed }: ConnectOptions): Authenticator | undefined {
  if (seed) {
    const bare = seed.startsWith(DEVELOPMENT_MARK) ? seed.slice(DEVELOPMENT_MARK.length) : seed;
    return nkeyAuthenticator(new TextEncoder().encode(bare.trim()));
  }
  if (!server.username) return undefined;
  return usernamePasswordAuthenticator(decodeURIComponent(server.username), decodeURIComponent(server.password));
}
