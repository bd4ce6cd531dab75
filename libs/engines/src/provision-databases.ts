import pg from 'pg';

/** A role that a service entered with more would keep it: said each time. */
const ROLE_RIGHTS = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT -1';

/**
 * Makes one database and one role per service, both named after it, the role owning its own database and entering no other.
 * May run again at any time: existing databases keep their data, passwords are set to those given.
 * @param superUrl URL of a superuser
 * @param passwords password per service; throws when one is missing
 */
export async function provisionDatabases(
  superUrl: string,
  services: readonly string[],
  passwords: Record<string, string>,
): Promise<void> {
  await asSuperuser(superUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock(727001)');
    for (const service of services) {
      const password = passwords[service];
      if (!password) throw new Error(`There is no password for the database role "${service}".`);
      const name = client.escapeIdentifier(service);
      const { rowCount: roles } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [service]);
      if (!roles) await client.query(`CREATE ROLE ${name} LOGIN`);
      await client.query(`ALTER ROLE ${name} ${ROLE_RIGHTS} PASSWORD ${client.escapeLiteral(password)}`);
      const { rowCount: databases } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [service]);
      if (!databases) await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
      await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    }
    // Whoever may connect anywhere may make temporary tables there and read what is granted to everybody.
    for (const shared of ['postgres', 'template1']) await client.query(`REVOKE ALL ON DATABASE ${shared} FROM PUBLIC`);
  });
}

/** The URL with which a service enters its own database. */
export function serviceDatabaseUrl(superUrl: string, service: string, password: string): string {
  const url = new URL(superUrl);
  url.username = service;
  url.password = password;
  url.pathname = `/${service}`;
  return url.href;
}

/** Runs the work on one connection and closes it. */
export async function asSuperuser<T>(superUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: superUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
