import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody last signed out everywhere. */
export class SignOut1795900000004 implements MigrationInterface {
  name = 'SignOut1795900000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person ADD COLUMN not_before timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE person DROP COLUMN not_before');
  }
}
