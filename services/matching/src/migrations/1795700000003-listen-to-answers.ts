import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Loads of experts, owners that stay unnamed, and saved searches with what they have found. */
export class ListenToAnswers1795700000003 implements MigrationInterface {
  name = 'ListenToAnswers1795700000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE suggestion ADD COLUMN anonymous boolean NOT NULL DEFAULT false;
      CREATE TABLE load (
        expert_id uuid PRIMARY KEY,
        revision integer NOT NULL,
        open integer NOT NULL,
        asked integer NOT NULL,
        response_rate double precision,
        changed_at timestamptz NOT NULL
      );
      CREATE INDEX load_changed ON load (changed_at);
      CREATE TABLE alert (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        owner_kind text NOT NULL CHECK (owner_kind IN ('firm', 'expert')),
        owner_id uuid NOT NULL,
        name text,
        seek text NOT NULL,
        text text,
        competences text[] NOT NULL,
        filters jsonb,
        prefer text,
        rhythm text NOT NULL CHECK (rhythm IN ('now', 'daily', 'weekly')),
        lang text,
        best real NOT NULL,
        due_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX alert_owner ON alert (owner_kind, owner_id, id);
      CREATE INDEX alert_seek ON alert (seek);
      CREATE INDEX alert_due ON alert (due_at) WHERE due_at IS NOT NULL;
      CREATE TABLE alert_hit (
        alert_id uuid NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
        subject_id uuid NOT NULL,
        known boolean NOT NULL,
        score real NOT NULL,
        found_at timestamptz NOT NULL,
        told_at timestamptz,
        PRIMARY KEY (alert_id, subject_id)
      );
      CREATE INDEX alert_hit_untold ON alert_hit (alert_id) WHERE told_at IS NULL;
      CREATE INDEX alert_hit_subject ON alert_hit (subject_id);
      CREATE TABLE alert_subject (
        type text NOT NULL,
        id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        noted_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (type, id)
      );
      CREATE INDEX alert_subject_noted ON alert_subject (noted_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE alert_subject, alert_hit, alert, load;
      ALTER TABLE suggestion DROP COLUMN anonymous;
    `);
  }
}
