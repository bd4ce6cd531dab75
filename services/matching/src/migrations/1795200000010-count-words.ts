import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountWords1795200000010 implements MigrationInterface {
  name = 'CountWords1795200000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE frequency_change;
      CREATE TABLE frequency (
        kind text NOT NULL CHECK (kind IN ('word', 'form', 'concept', 'pieces', 'named', 'subjects')),
        scope text NOT NULL,
        key text NOT NULL,
        holders integer NOT NULL,
        changed bigint NOT NULL,
        PRIMARY KEY (kind, scope, key)
      );
      CREATE INDEX frequency_changed ON frequency (changed);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE frequency; DROP SEQUENCE frequency_change');
  }
}
