import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the imported classifications, in the database of the service that uses them. */
export class KeepReference1795200000003 implements MigrationInterface {
  name = 'KeepReference1795200000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE taxonomy_version (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        source text NOT NULL,
        hash text NOT NULL,
        attribution text,
        concepts integer NOT NULL,
        languages text[] NOT NULL,
        imported_at timestamptz NOT NULL DEFAULT now(),
        active boolean NOT NULL DEFAULT false,
        lexicon bytea,
        lexicon_at timestamptz
      );
      CREATE UNIQUE INDEX taxonomy_version_active ON taxonomy_version (source) WHERE active;
      CREATE TABLE reference_concept (
        version_id bigint NOT NULL REFERENCES taxonomy_version ON DELETE CASCADE,
        place integer NOT NULL,
        id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('skill', 'occupation', 'group', 'sector')),
        broader text[] NOT NULL,
        code text,
        PRIMARY KEY (version_id, place)
      );
      CREATE TABLE reference_label (
        version_id bigint NOT NULL REFERENCES taxonomy_version ON DELETE CASCADE,
        place integer NOT NULL,
        lang text NOT NULL CHECK (lang IN ('it', 'en', 'de', 'fr')),
        labels text[] NOT NULL,
        description text,
        PRIMARY KEY (version_id, place, lang)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reference_label, reference_concept, taxonomy_version');
  }
}
