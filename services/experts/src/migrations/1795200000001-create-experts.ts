import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateExperts1795200000001 implements MigrationInterface {
  name = 'CreateExperts1795200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE expert (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        name text NOT NULL,
        names_folded text NOT NULL,
        country text NOT NULL,
        role text,
        affiliation text,
        orcid text,
        territory text,
        territories jsonb NOT NULL,
        languages jsonb NOT NULL,
        text text,
        competences jsonb NOT NULL,
        evidence jsonb NOT NULL,
        capacity integer NOT NULL,
        away jsonb NOT NULL,
        website text,
        contact jsonb,
        listed boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX expert_orcid ON expert (orcid) WHERE orcid IS NOT NULL');
    await runner.query('CREATE INDEX expert_country ON expert (country, id)');
    await runner.query('CREATE INDEX expert_territory ON expert (territory text_pattern_ops)');
    await runner.query(`
      CREATE TABLE consent (
        id uuid PRIMARY KEY,
        expert_id uuid NOT NULL REFERENCES expert (id),
        purpose text NOT NULL,
        granted boolean NOT NULL,
        at timestamptz NOT NULL,
        basis text NOT NULL,
        source text NOT NULL
      )`);
    await runner.query('CREATE INDEX consent_expert ON consent (expert_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE consent');
    await runner.query('DROP TABLE expert');
  }
}
