import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMatching1795200000000 implements MigrationInterface {
  name = 'CreateMatching1795200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE subject (
        type text NOT NULL CHECK (type IN ('expert', 'company', 'opportunity')),
        id uuid NOT NULL,
        revision integer NOT NULL,
        copy_revision integer,
        indexed_revision integer,
        dirty_at timestamptz,
        gone boolean NOT NULL DEFAULT false,
        open boolean NOT NULL DEFAULT false,
        owner uuid,
        country text,
        territory text,
        languages text[] NOT NULL DEFAULT '{}',
        concepts text[] NOT NULL DEFAULT '{}',
        features jsonb,
        index_error text,
        PRIMARY KEY (type, id)
      );
      CREATE INDEX subject_dirty ON subject (dirty_at) WHERE dirty_at IS NOT NULL;
      CREATE INDEX subject_open ON subject (type, id) WHERE open;
      CREATE INDEX subject_concepts ON subject USING gin (concepts) WHERE open;
      CREATE TABLE lease (name text PRIMARY KEY, fence bigint NOT NULL);
      CREATE TABLE index_rebuild (
        id uuid PRIMARY KEY,
        requested_at timestamptz NOT NULL DEFAULT now(),
        done_at timestamptz,
        documents integer
      );
      CREATE INDEX index_rebuild_open ON index_rebuild (requested_at) WHERE done_at IS NULL;
      CREATE TABLE match_job (
        opportunity_id uuid PRIMARY KEY,
        cause text NOT NULL CHECK (cause IN ('published', 'subject')),
        version integer NOT NULL DEFAULT 1,
        due_at timestamptz NOT NULL DEFAULT now(),
        asked_at timestamptz NOT NULL DEFAULT now(),
        attempts integer NOT NULL DEFAULT 0
      );
      CREATE INDEX match_job_due ON match_job (cause, due_at);
      CREATE TABLE suggestion (
        id uuid PRIMARY KEY,
        revision integer NOT NULL DEFAULT 1,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'dismissed', 'withdrawn')),
        opportunity_id uuid NOT NULL,
        company_id uuid NOT NULL,
        subject_type text NOT NULL CHECK (subject_type IN ('expert', 'company')),
        subject_id uuid NOT NULL,
        rank integer NOT NULL,
        score double precision NOT NULL,
        parts jsonb NOT NULL,
        contributions jsonb NOT NULL,
        missing text[] NOT NULL,
        places jsonb NOT NULL,
        inputs jsonb NOT NULL,
        weights_version text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (opportunity_id, subject_type, subject_id)
      );
      CREATE INDEX suggestion_subject ON suggestion (subject_type, subject_id);
      CREATE INDEX suggestion_company ON suggestion (company_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE suggestion, match_job, index_rebuild, lease, subject');
  }
}
