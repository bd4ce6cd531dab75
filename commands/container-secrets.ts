import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadSecrets, searchKeyValues, serviceDatabaseUrl, writeSecret } from '#libs/engines';
import { DATABASE_SERVICES } from './start/services.js';

/** The files that docker-compose.yml hands to engines and services, by name. Hosts are the names of the containers. */
export function containerSecrets(secrets: ReturnType<typeof loadSecrets>): Record<string, string> {
  const postgresUrl = `postgresql://postgres:${secrets.postgresPassword}@postgres:5432/postgres`;
  const searchKeys = searchKeyValues(secrets.meiliMasterKey);
  return {
    'postgres-password': secrets.postgresPassword,
    'postgres-url': postgresUrl,
    'nats-password': secrets.natsPassword,
    'nats-url': `nats://ceresio:${secrets.natsPassword}@nats:4222`,
    'meili-master-key': secrets.meiliMasterKey,
    'meili-index-key': searchKeys.indexer,
    'meili-search-key': searchKeys.search,
    'token-key': secrets.tokenKey,
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
    process.stderr.write('Makes the secrets of the containers once: container-secrets.js <existing directory>\n');
    process.exit(2);
  }
  for (const [name, value] of Object.entries(containerSecrets(loadSecrets(dir, DATABASE_SERVICES)))) {
    const file = join(dir, name);
    writeSecret(file, `${value}\n`);
    // The volume is seen by the containers alone, whose programs run under users of their own (PostgreSQL's is not ours).
    chmodSync(file, 0o444);
  }
}
