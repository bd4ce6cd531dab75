import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Tombstone } from './erasure.js';
import { ImportKey } from './import-key.entity.js';

export class CreateRecords1795200000000 implements MigrationInterface {
  name = 'CreateRecords1795200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_key (
        source text NOT NULL,
        external_key text NOT NULL,
        id uuid NOT NULL,
        content_hash text NOT NULL,
        PRIMARY KEY (source, external_key)
      )`);
    await runner.query('CREATE INDEX import_key_id ON import_key (id)');
    await runner.query(`
      CREATE TABLE tombstone (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        key_hashes text[] NOT NULL,
        erased_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX tombstone_key_hashes ON tombstone USING gin (key_hashes)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tombstone');
    await runner.query('DROP TABLE import_key');
  }
}

/** For the DataSource of every service that keeps imported records. */
export const recordsEntities = [ImportKey, Tombstone];
export const recordsMigrations = [CreateRecords1795200000000];
