import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails about claims that are to be sent: ids alone. */
export class ClaimLetters1795900000003 implements MigrationInterface {
  name = 'ClaimLetters1795900000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE claim_letter (
        id uuid PRIMARY KEY,
        claim_id uuid NOT NULL,
        company_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'sent', 'failed', 'cancelled')),
        attempts integer NOT NULL,
        next_at timestamptz NOT NULL,
        last_error text,
        created_at timestamptz NOT NULL,
        sent_at timestamptz
      );
      CREATE INDEX claim_letter_due ON claim_letter (next_at) WHERE state = 'pending';
      CREATE INDEX claim_letter_company ON claim_letter (company_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE claim_letter');
  }
}
