import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHelpRequest1796200000000 implements MigrationInterface {
  name = 'CreateHelpRequest1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE help_request (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'answered', 'withdrawn')),
        opportunity_id uuid NOT NULL,
        suggestion_id uuid,
        asker_kind text NOT NULL CHECK (asker_kind IN ('firm', 'expert')),
        asker_id uuid NOT NULL,
        asker_place text NOT NULL,
        other_kind text CHECK (other_kind IN ('firm', 'expert')),
        other_id uuid,
        text text,
        answer text,
        created_at timestamptz NOT NULL,
        answered_at timestamptz
      );
      -- Whoever waits for an answer does not queue twice for it.
      CREATE UNIQUE INDEX help_request_open ON help_request (opportunity_id, asker_id, asker_kind) WHERE state = 'open';
      CREATE INDEX help_request_waiting ON help_request (id) WHERE state = 'open';
      CREATE INDEX help_request_asker ON help_request (asker_id, asker_kind, id);
      CREATE INDEX help_request_other ON help_request (other_id, other_kind)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE help_request');
  }
}
