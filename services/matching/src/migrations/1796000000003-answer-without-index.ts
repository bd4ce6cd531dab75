import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For when there is no search engine: the terms of each subject, news of it that nobody has looked at, saved searches that wait for their first look. */
export class AnswerWithoutIndex1796000000003 implements MigrationInterface {
  name = 'AnswerWithoutIndex1796000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE subject ADD COLUMN terms text[] NOT NULL DEFAULT '{}';
      UPDATE subject SET terms = ARRAY(
        SELECT word #>> '{}' FROM jsonb_path_query(features, '$.evidence[*].stems[*][0]') AS w (word)
        UNION SELECT 'c' || regexp_replace(lower(concept), '[^a-z0-9]', '', 'g') FROM unnest(concepts) AS c (concept)
      ) WHERE features IS NOT NULL;
      ALTER TABLE subject ADD COLUMN looked_revision integer;
      UPDATE subject SET looked_revision = copy_revision;
      CREATE INDEX subject_terms ON subject USING gin (terms) WHERE open;
      ALTER TABLE alert ADD COLUMN pending boolean NOT NULL DEFAULT false;
      CREATE INDEX alert_pending ON alert (id) WHERE pending;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE subject DROP COLUMN terms, DROP COLUMN looked_revision; ALTER TABLE alert DROP COLUMN pending',
    );
  }
}
