import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccess1795800000000 implements MigrationInterface {
  name = 'CreateAccess1795800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE person (
        id uuid PRIMARY KEY,
        -- Of issuer and subject: enough to know somebody again, and nothing that names them.
        key_hash text NOT NULL UNIQUE,
        created_at timestamptz NOT NULL
      );
      CREATE TABLE membership (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('firm', 'expert', 'facilitator', 'coordinator', 'admin')),
        party_id uuid CHECK ((party_id IS NOT NULL) = (kind IN ('firm', 'expert'))),
        firm_role text CHECK ((firm_role IS NOT NULL) = (kind = 'firm')),
        cluster text CHECK ((cluster IS NOT NULL) = (kind = 'facilitator')),
        territories text[] CHECK ((territories IS NOT NULL) = (kind IN ('facilitator', 'coordinator'))),
        granted_by text NOT NULL,
        created_at timestamptz NOT NULL,
        UNIQUE NULLS NOT DISTINCT (person_id, kind, party_id, cluster)
      );
      CREATE INDEX membership_party ON membership (party_id, kind);
      CREATE TABLE claim (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        person_id uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        company_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'confirmed', 'refused')),
        decided_by text,
        created_at timestamptz NOT NULL,
        decided_at timestamptz
      );
      CREATE UNIQUE INDEX claim_pending ON claim (person_id, company_id) WHERE state = 'pending';
      CREATE INDEX claim_company ON claim (company_id);
      CREATE TABLE invitation (
        id uuid PRIMARY KEY,
        company_id uuid NOT NULL,
        firm_role text NOT NULL,
        token_hash text NOT NULL UNIQUE,
        invited_by text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      );
      CREATE INDEX invitation_company ON invitation (company_id);
      CREATE TABLE api_key (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        label text NOT NULL,
        firm_id uuid,
        scopes text[] NOT NULL,
        hint text NOT NULL,
        key_hash text NOT NULL UNIQUE,
        previous_hash text UNIQUE,
        previous_until timestamptz,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        last_used_on date,
        revoked_at timestamptz
      );
      CREATE INDEX api_key_firm ON api_key (firm_id);
      CREATE TABLE consent (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('firm', 'expert')),
        party_id uuid NOT NULL,
        purpose text NOT NULL,
        granted boolean NOT NULL,
        by text NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX consent_party ON consent (kind, party_id, purpose, id);
      CREATE TABLE erasure (
        id uuid PRIMARY KEY,
        revision integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('firm', 'expert')),
        party_id uuid NOT NULL,
        requested_by text NOT NULL,
        requested_at timestamptz NOT NULL,
        done_at timestamptz,
        UNIQUE (kind, party_id)
      );
      CREATE TABLE erasure_step (
        erasure_id uuid NOT NULL REFERENCES erasure (id),
        owner text NOT NULL,
        done_at timestamptz,
        PRIMARY KEY (erasure_id, owner)
      );
      CREATE TABLE audit_entry (
        seq bigint PRIMARY KEY,
        event_id uuid NOT NULL UNIQUE,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        subject text,
        operation text NOT NULL,
        targets text[] NOT NULL,
        request_id text NOT NULL,
        hash text NOT NULL
      );
      CREATE INDEX audit_entry_targets ON audit_entry USING gin (targets);
      -- What was written stays as it was written.
      CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'the audit log is only added to';
      END $$;
      CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_entry, erasure_step, erasure, consent, api_key, invitation, claim, membership, person;
      DROP FUNCTION keep_audit`);
  }
}
