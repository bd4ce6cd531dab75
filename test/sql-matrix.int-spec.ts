import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asSuperuser, provisionDatabases, serviceDatabaseUrl } from '#libs/engines';
import { testRun } from '#libs/testing';

/** Three services of their own names, so that this file meets no other on the shared server. */
const tail = randomBytes(4).toString('hex');
const ROLES = ['companies', 'experts', 'access'].map((name) => `${name}_${tail}`);
const DATABASES = [...ROLES, 'postgres', 'template1'];

const TRIES = {
  select: 'SELECT * FROM kept',
  insert: "INSERT INTO kept VALUES ('more')",
  update: "UPDATE kept SET word = 'other'",
  delete: 'DELETE FROM kept',
  create: 'CREATE TABLE made (word text)',
  alter: 'ALTER TABLE kept ADD COLUMN made text',
  truncate: 'TRUNCATE kept',
  drop: 'DROP TABLE kept',
};
/** What no role of a service may do, wherever it is. */
const FORBIDDEN = {
  'a database': 'CREATE DATABASE taken',
  'a role': 'CREATE ROLE taken LOGIN',
  'to be superuser': `ALTER ROLE ${ROLES[0]} SUPERUSER`,
  'another’s password': `ALTER ROLE ${ROLES[1]} PASSWORD 'taken'`,
  'another’s role': `SET ROLE ${ROLES[1]}`,
  'the superuser’s role': 'SET ROLE postgres',
  'the passwords': 'SELECT rolpassword FROM pg_authid',
  'a program': "COPY kept TO PROGRAM 'true'",
  'a file of the server': "SELECT pg_read_file('PG_VERSION')",
  'a setting of the server': 'ALTER SYSTEM SET fsync = off',
  'an extension that runs programs': 'CREATE EXTENSION plpython3u',
  'another’s connections': `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' AND pid <> pg_backend_pid()`,
};

describe('Every role of PostgreSQL', () => {
  const { postgresUrl } = testRun();
  const passwords = Object.fromEntries(ROLES.map((role) => [role, randomBytes(12).toString('hex')]));
  const entrance = (role: string, database: string) => {
    const url = new URL(serviceDatabaseUrl(postgresUrl, role, passwords[role]!));
    url.pathname = `/${database}`;
    return url.href;
  };
  const inside = (database: string) => {
    const url = new URL(postgresUrl);
    url.pathname = `/${database}`;
    return url.href;
  };

  beforeAll(async () => {
    // A role that somebody gave too much loses it.
    await asSuperuser(
      postgresUrl,
      async (client) => void (await client.query(`CREATE ROLE ${ROLES[0]} SUPERUSER CREATEDB CREATEROLE`)),
    );
    await provisionDatabases(postgresUrl, ROLES, passwords);
    for (const role of ROLES)
      await asSuperuser(entrance(role, role), async (client) => {
        await client.query("CREATE TABLE kept AS SELECT 'Ceresio' AS word");
      });
  });
  afterAll(() =>
    asSuperuser(postgresUrl, async (client) => {
      for (const role of ROLES) await client.query(`DROP DATABASE IF EXISTS ${role} WITH (FORCE)`);
      for (const role of ROLES) await client.query(`DROP ROLE IF EXISTS ${role}`);
    }),
  );

  it.each(ROLES.flatMap((role) => DATABASES.map((database) => [role, database] as const)))(
    '%s enters and changes only its own: %s',
    async (role, database) => {
      const done: string[] = [];
      try {
        await asSuperuser(entrance(role, database), async (client) => {
          done.push('connect');
          for (const [name, sql] of Object.entries(TRIES)) {
            await client.query('BEGIN');
            await client.query(sql).then(
              () => done.push(name),
              () => {},
            );
            await client.query('ROLLBACK');
          }
        });
      } catch (error) {
        expect((error as Error).message).toMatch(/permission denied for database/);
      }
      expect(done).toEqual(role === database ? ['connect', ...Object.keys(TRIES)] : []);
      if (ROLES.includes(database)) {
        const rows = await asSuperuser(
          inside(database),
          async (client) => (await client.query('SELECT * FROM kept')).rows,
        );
        expect(rows).toEqual([{ word: 'Ceresio' }]);
      }
    },
  );

  it.each(Object.keys(FORBIDDEN) as (keyof typeof FORBIDDEN)[])('takes nothing of the server: %s', async (what) => {
    await asSuperuser(entrance(ROLES[0]!, ROLES[0]!), async (client) => {
      await expect(client.query(FORBIDDEN[what])).rejects.toThrow(
        /permission denied|must be superuser|not available|Only roles with|must have|no permission/i,
      );
    });
  });

  it('has no right that it does not need', async () => {
    const { rows } = await asSuperuser(postgresUrl, (client) =>
      client.query(
        `SELECT rolname, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS too_much,
                (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships
         FROM pg_roles r WHERE rolname = ANY ($1) ORDER BY rolname`,
        [ROLES],
      ),
    );
    expect(rows).toEqual([...ROLES].sort().map((rolname) => ({ rolname, too_much: false, memberships: 0 })));
  });
});
