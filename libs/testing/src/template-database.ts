import { createHash, randomBytes } from 'node:crypto';
import { DataSource, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import { asSuperuser, serviceDatabaseUrl } from '#libs/engines';
import { testRun } from './run.js';

type Migrations = readonly (new () => MigrationInterface)[];

/** A database of one test file's own. */
export interface TestDatabase {
  /** With the rights of the service's role, no more. */
  url: string;
  name: string;
  /** Deletes it, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * A database with the service's schema for one test file, cloned in some tens of milliseconds from a template that the first caller
 * of the run migrates. `schema` is the list of migrations, or data source options that contain it.
 */
export async function templateDatabase(
  service: string,
  schema: Migrations | { migrations?: unknown },
): Promise<TestDatabase> {
  const { postgresUrl } = testRun();
  const migrations = listOf(schema);
  const template = `template_${service}_${fingerprint(migrations)}`;
  const name = `test_${service}_${randomBytes(6).toString('hex')}`;
  const password = `test-${service}`; // Of a server that lives as long as the tests, on the loopback address.
  await asSuperuser(postgresUrl, async (client) => {
    // One lock per service: files that wait for the same template wait for each other, others do not.
    await client.query('SELECT pg_advisory_lock(727002, hashtext($1))', [service]);
    const role = client.escapeIdentifier(service);
    const { rowCount: roles } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [service]);
    if (!roles) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    const { rowCount: templates } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (!templates) {
      const unfinished = `${template}_new`;
      await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${unfinished} OWNER ${role}`);
      await migrate(databaseUrl(postgresUrl, service, password, unfinished), migrations);
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${role}`);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  });
  return {
    name,
    url: databaseUrl(postgresUrl, service, password, name),
    drop: () =>
      asSuperuser(
        postgresUrl,
        async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
      ),
  };
}

async function migrate(url: string, migrations: Migrations): Promise<void> {
  const options: DataSourceOptions = {
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
  };
  const source = await new DataSource(options).initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

function listOf(schema: Migrations | { migrations?: unknown }): Migrations {
  const migrations = 'migrations' in schema ? schema.migrations : schema;
  // A glob of files would load the compiled files into a test of the sources.
  if (!Array.isArray(migrations) || !migrations.every((migration) => typeof migration === 'function')) {
    throw new Error('A template database needs its migrations as a list of classes.');
  }
  return migrations as Migrations;
}

/** Changes with the text of any migration. */
function fingerprint(migrations: Migrations): string {
  const text = migrations.map((migration) => migration.toString()).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function databaseUrl(superUrl: string, service: string, password: string, database: string): string {
  const url = new URL(serviceDatabaseUrl(superUrl, service, password));
  url.pathname = `/${database}`;
  return url.href;
}
