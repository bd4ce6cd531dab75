import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Opportunities whose firm stays unnamed, and which of the two warnings of its end an opportunity has had. */
export class StayUnnamed1795700000002 implements MigrationInterface {
  name = 'StayUnnamed1795700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE opportunity ADD COLUMN anonymous boolean NOT NULL DEFAULT false;
      ALTER TABLE opportunity ADD COLUMN end_told integer;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE opportunity DROP COLUMN end_told; ALTER TABLE opportunity DROP COLUMN anonymous');
  }
}
