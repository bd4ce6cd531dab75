import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Saved searches can be paused. */
export class PauseAlerts1796300000000 implements MigrationInterface {
  name = 'PauseAlerts1796300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE alert ADD COLUMN paused boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE alert DROP COLUMN paused');
  }
}
