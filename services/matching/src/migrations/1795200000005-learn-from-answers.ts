import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers to suggestions with what their scores were made of, and the weights that are learned from them. */
export class LearnFromAnswers1795200000005 implements MigrationInterface {
  name = 'LearnFromAnswers1795200000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE suggestion ADD COLUMN features jsonb;
      CREATE TABLE judged_pair (
        id uuid PRIMARY KEY,
        suggestion_id uuid,
        opportunity_id uuid NOT NULL,
        subject_type text NOT NULL CHECK (subject_type IN ('expert', 'company')),
        subject_id uuid NOT NULL,
        label real CHECK (label BETWEEN 0 AND 1),
        verdict text NOT NULL CHECK (verdict IN ('agreed', 'accepted', 'declined', 'dismissed')),
        reason text,
        features jsonb,
        weights_version text NOT NULL,
        judged_at timestamptz NOT NULL,
        UNIQUE (opportunity_id, subject_type, subject_id)
      );
      CREATE INDEX judged_pair_subject ON judged_pair (subject_type, subject_id);
      CREATE TABLE weights_version (
        version text PRIMARY KEY,
        built_in text NOT NULL,
        parts jsonb NOT NULL,
        based_on text NOT NULL,
        report jsonb NOT NULL,
        state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'adopted')),
        made_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE weights_switch (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        version text NOT NULL,
        switched_by text NOT NULL,
        switched_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE weights_switch, weights_version, judged_pair;
      ALTER TABLE suggestion DROP COLUMN features;
    `);
  }
}
