import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Claims that are confirmed by a code in a mail to the address of the register. */
export class ClaimByMail1795900000002 implements MigrationInterface {
  name = 'ClaimByMail1795900000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE claim
        ADD COLUMN code_hash text,
        ADD COLUMN code_until timestamptz,
        ADD COLUMN code_tries integer NOT NULL DEFAULT 0,
        -- Each mail that was asked for counts, so that nobody is flooded.
        ADD COLUMN mailed_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE claim DROP COLUMN code_hash, DROP COLUMN code_until, DROP COLUMN code_tries, DROP COLUMN mailed_at',
    );
  }
}
