import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Features remember the analysis that made them, so that a better one can find those that it has yet to make again. */
export class NoteAnalysis1795200000001 implements MigrationInterface {
  name = 'NoteAnalysis1795200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE subject ADD COLUMN analysis text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE subject DROP COLUMN analysis');
  }
}
