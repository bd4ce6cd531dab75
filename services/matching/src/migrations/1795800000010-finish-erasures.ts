import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Erasures whose documents and words may still be there. */
export class FinishErasures1795800000010 implements MigrationInterface {
  name = 'FinishErasures1795800000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pending_erasure (
        kind text NOT NULL,
        id uuid NOT NULL,
        words_until bigint,
        PRIMARY KEY (kind, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pending_erasure');
  }
}
