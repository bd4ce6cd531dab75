import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Comparisons of the indexes with the copies that somebody asked for. */
export class CheckIndex1796000000004 implements MigrationInterface {
  name = 'CheckIndex1796000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE index_check (
        id uuid PRIMARY KEY,
        repair boolean NOT NULL,
        requested_at timestamptz NOT NULL DEFAULT now(),
        done_at timestamptz,
        report jsonb
      );
      CREATE INDEX index_check_open ON index_check (requested_at) WHERE done_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE index_check');
  }
}
