import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCooperation1795400000000 implements MigrationInterface {
  name = 'CreateCooperation1795400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE interest (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        state text NOT NULL,
        opportunity_id uuid NOT NULL,
        suggestion_id uuid,
        owner_id uuid NOT NULL,
        anonymous boolean NOT NULL,
        asker_kind text NOT NULL CHECK (asker_kind IN ('firm', 'expert')),
        asker_id uuid NOT NULL,
        asked_kind text NOT NULL CHECK (asked_kind IN ('firm', 'expert')),
        asked_id uuid NOT NULL,
        note text,
        answer_note text,
        reason_code text,
        achievement text,
        withdrawn_by text CHECK (withdrawn_by IN ('asker', 'asked', 'platform')),
        created_at timestamptz NOT NULL,
        half_at timestamptz NOT NULL,
        day_before_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        told text CHECK (told IN ('half-time', 'day-before')),
        next_at timestamptz,
        answered_at timestamptz,
        accepted_at timestamptz,
        closed_at timestamptz
      );
      -- Two that are in talks about an opportunity, or about to be, need no second request, whichever of them makes it.
      CREATE UNIQUE INDEX interest_open ON interest (opportunity_id, least(asker_id, asked_id), greatest(asker_id, asked_id))
        WHERE state NOT IN ('not-pertinent', 'agreement-reached', 'no-agreement', 'withdrawn', 'expired');
      CREATE INDEX interest_asker ON interest (asker_id, asker_kind, id);
      CREATE INDEX interest_asked ON interest (asked_id, asked_kind, id);
      CREATE INDEX interest_opportunity ON interest (opportunity_id);
      CREATE INDEX interest_due ON interest (next_at) WHERE next_at IS NOT NULL;
      CREATE TABLE load (
        expert_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        open integer NOT NULL,
        asked integer NOT NULL,
        response_rate double precision,
        median_hours double precision
      );
      CREATE TABLE disclosure (
        id uuid PRIMARY KEY,
        interest_id uuid NOT NULL,
        act text NOT NULL CHECK (act IN ('opened', 'seen', 'closed')),
        of_kind text NOT NULL,
        of_id uuid NOT NULL,
        to_kind text NOT NULL,
        to_id uuid NOT NULL,
        at timestamptz NOT NULL,
        day date NOT NULL
      );
      CREATE INDEX disclosure_interest ON disclosure (interest_id, id);
      CREATE UNIQUE INDEX disclosure_seen ON disclosure (interest_id, of_id, to_id, day) WHERE act = 'seen';
      -- Who saw what is written once and stays as it was written.
      CREATE FUNCTION keep_ledger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'the ledger of disclosures is only added to';
      END $$;
      CREATE TRIGGER disclosure_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure FOR EACH STATEMENT EXECUTE FUNCTION keep_ledger();
      CREATE TABLE erased_party (
        kind text NOT NULL,
        id uuid NOT NULL,
        erased_at timestamptz NOT NULL,
        PRIMARY KEY (kind, id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE erased_party, disclosure, load, interest; DROP FUNCTION keep_ledger');
  }
}
