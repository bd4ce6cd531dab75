import { asSuperuser } from './provision-databases.js';

/**
 * Takes the audit log out of the hands of the service that writes it: the table becomes the superuser's, and the role `access` may only add to it and read it,
 * so that it can take the guard off no more. Without effect until the service has made the table, and afterwards. Answers whether it is sealed.
 * @param superUrl URL of a superuser
 * @param service name of the database and of the role that writes the log
 */
export async function sealAudit(superUrl: string, service = 'access'): Promise<boolean> {
  const url = new URL(superUrl);
  url.pathname = `/${service}`;
  return asSuperuser(url.href, async (client) => {
    const { rows } = await client.query<{ owner: string }>(
      `SELECT tableowner AS owner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'audit_entry'`,
    );
    if (rows[0]?.owner !== service) return rows.length > 0;
    await client.query(`BEGIN;
      ALTER TABLE audit_entry OWNER TO CURRENT_USER;
      ALTER FUNCTION keep_audit() OWNER TO CURRENT_USER;
      GRANT SELECT, INSERT ON audit_entry TO ${client.escapeIdentifier(service)};
      COMMIT`);
    return true;
  });
}
