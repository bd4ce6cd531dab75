import { readFileSync } from 'node:fs';
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  type NatsConnection,
  nkeyAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node';

export interface ConnectOptions {
  /** A `.creds` file or an NKEY seed file; credentials in the URL (`nats://user:password@host:4222`) need neither. */
  credsFile?: string;
  nkeyFile?: string;
  /** Certificate authority of a server with TLS. */
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
    inboxPrefix: `_INBOX_${name.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`,
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

function authenticatorOf(server: URL, options: ConnectOptions): Authenticator | undefined {
  if (options.credsFile) return credsAuthenticator(readFileSync(options.credsFile));
  if (options.nkeyFile) return nkeyAuthenticator(readFileSync(options.nkeyFile));
  if (!server.username) return undefined;
  return usernamePasswordAuthenticator(decodeURIComponent(server.username), decodeURIComponent(server.password));
}
