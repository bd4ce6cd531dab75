import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCompanies1795200000001 implements MigrationInterface {
  name = 'CreateCompanies1795200000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE company (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        name text NOT NULL,
        name_folded text NOT NULL,
        country text NOT NULL,
        kind text,
        size_class text,
        people integer,
        territory text,
        town text,
        sectors jsonb NOT NULL,
        nace text[] NOT NULL,
        languages jsonb NOT NULL,
        text text,
        offers jsonb NOT NULL,
        seeks jsonb NOT NULL,
        ip_status text,
        website text,
        contact jsonb,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX company_country ON company (country, id)');
    await runner.query('CREATE INDEX company_territory ON company (territory text_pattern_ops)');
    await runner.query('CREATE INDEX company_nace ON company USING gin (nace)');
    await runner.query(`
      CREATE TABLE company_identifier (
        company_id uuid NOT NULL REFERENCES company (id) ON DELETE CASCADE,
        scheme text NOT NULL,
        value text NOT NULL,
        source text NOT NULL,
        checked_at timestamptz NOT NULL,
        PRIMARY KEY (company_id, scheme, value)
      )`);
    await runner.query('CREATE INDEX company_identifier_value ON company_identifier (scheme, value)');
    // The members of a VAT group share one P.IVA; everything else names one firm.
    await runner.query(
      `CREATE UNIQUE INDEX company_identifier_unique ON company_identifier (scheme, value) WHERE scheme <> 'vat-it'`,
    );
    await runner.query(`
      CREATE TABLE opportunity (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        company_id uuid NOT NULL REFERENCES company (id),
        state text NOT NULL,
        state_since timestamptz NOT NULL,
        type text NOT NULL,
        title text NOT NULL,
        summary text NOT NULL,
        lang text NOT NULL,
        text text,
        competences jsonb NOT NULL,
        sectors jsonb NOT NULL,
        prefer text,
        stage text,
        trl integer,
        ip_status text,
        open_for_interest boolean NOT NULL,
        published_at timestamptz,
        expires_at timestamptz,
        renewed boolean NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX opportunity_company ON opportunity (company_id, id)');
    await runner.query(
      `CREATE INDEX opportunity_expiry ON opportunity (expires_at) WHERE state IN ('published', 'on-hold')`,
    );
    await runner.query(
      `CREATE INDEX opportunity_ended ON opportunity (state_since) WHERE state IN ('expired', 'archived')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE opportunity');
    await runner.query('DROP TABLE company_identifier');
    await runner.query('DROP TABLE company');
  }
}
