import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testRun } from '#libs/testing';
import { asSuperuser, provisionDatabases, serviceDatabaseUrl } from './provision-databases.js';
import { sealAudit } from './seal-audit.js';

describe('The audit log, once it is sealed', () => {
  const { postgresUrl } = testRun();
  const service = `seal_${randomBytes(4).toString('hex')}`;
  const url = serviceDatabaseUrl(postgresUrl, service, 'secret');
  const asService = (sql: string) => asSuperuser(url, async (client) => (await client.query(sql)).rows as unknown[]);

  beforeAll(() => provisionDatabases(postgresUrl, [service], { [service]: 'secret' }));
  afterAll(() =>
    asSuperuser(postgresUrl, async (client) => {
      await client.query(`DROP DATABASE ${service} WITH (FORCE)`);
      await client.query(`DROP ROLE ${service}`);
    }),
  );

  it('takes what its service adds and shows it, and refuses it everything else, the guard included', async () => {
    expect(await sealAudit(postgresUrl, service)).toBe(false);
    await asService(`CREATE TABLE audit_entry (seq bigint PRIMARY KEY);
      CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'only added to'; END $$;
      CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()`);
    for (let round = 0; round < 2; round++) expect(await sealAudit(postgresUrl, service)).toBe(true);
    await asService('INSERT INTO audit_entry VALUES (1)');
    expect(await asService('SELECT seq FROM audit_entry')).toEqual([{ seq: '1' }]);
    for (const sql of [
      'UPDATE audit_entry SET seq = 2',
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
      'ALTER TABLE audit_entry DISABLE TRIGGER audit_kept',
      'DROP TRIGGER audit_kept ON audit_entry',
      'CREATE OR REPLACE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    ])
      await expect(asService(sql)).rejects.toThrow(/permission denied|must be owner/);
  });
});
