import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadSecrets, natsConfig, publicNkeys, searchKeyValues, serviceDatabaseUrl, writeSecret } from '#libs/engines';
import { natsUsers, natsUsersConfig } from '#libs/messaging';
import { DATABASE_SERVICES } from './start/services.js';

const HELP = `Makes the secrets of a deployment once, and the NATS server's configuration: container-secrets.js <existing directory>

With NODE_ENV=production they are such that production takes them.`;

/** The files that docker-compose.yml hands to engines and services, by name. Hosts are the names of the containers. */
export function containerSecrets(secrets: ReturnType<typeof loadSecrets>): Record<string, string> {
  const postgresUrl = `postgresql://postgres:${secrets.postgresPassword}@postgres:5432/postgres`;
  const searchKeys = searchKeyValues(secrets.meiliMasterKey);
  return {
    'postgres-password': secrets.postgresPassword,
    'postgres-url': postgresUrl,
    'nats-password': secrets.natsPassword,
    'server.conf': natsConfig().server,
    'users.conf': natsUsersConfig(publicNkeys(secrets)),
    'meili-master-key': secrets.meiliMasterKey,
    'meili-index-key': searchKeys.indexer,
    'meili-search-key': searchKeys.search,
    'session-key': secrets.sessionKey,
    ...Object.fromEntries(Object.entries(secrets.natsSeeds).map(([user, seed]) => [`${user}-nkey`, seed])),
    ...Object.fromEntries(
      DATABASE_SERVICES.map((service) => [
        `${service}-database-url`,
        serviceDatabaseUrl(postgresUrl, service, secrets.servicePasswords[service] ?? ''),
      ]),
    ),
  };
}

if (import.meta.main) {
  const dir = process.argv[2];
  if (!dir || !existsSync(dir)) {
    process.stderr.write(`${HELP}\n`);
    process.exit(2);
  }
  const users = natsUsers().map(({ name }) => name);
  const production = process.env.NODE_ENV === 'production';
  const secrets = loadSecrets(dir, { services: DATABASE_SERVICES, natsUsers: users, production });
  for (const [name, value] of Object.entries(containerSecrets(secrets))) {
    const file = join(dir, name);
    writeSecret(file, `${value}\n`);
    // The volume is seen by the containers alone, whose programs run under users of their own (PostgreSQL's is not ours).
    chmodSync(file, 0o444);
  }
}
