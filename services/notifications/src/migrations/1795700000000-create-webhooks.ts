import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhooks1795700000000 implements MigrationInterface {
  name = 'CreateWebhooks1795700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook (
        id uuid PRIMARY KEY,
        revision integer NOT NULL DEFAULT 1,
        owner_kind text NOT NULL CHECK (owner_kind IN ('firm', 'expert', 'platform')),
        owner_id uuid CHECK ((owner_id IS NULL) = (owner_kind = 'platform')),
        url text NOT NULL,
        kinds text[],
        description text,
        secret text NOT NULL,
        previous_secret text,
        previous_until timestamptz,
        state text NOT NULL DEFAULT 'enabled' CHECK (state IN ('enabled', 'disabled')),
        disabled_because text CHECK (disabled_because IN ('gone', 'failing')),
        failures integer NOT NULL DEFAULT 0,
        failing_since timestamptz,
        rest_until timestamptz,
        last_sent_at timestamptz,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX webhook_owner ON webhook (owner_kind, owner_id);
      CREATE TABLE webhook_delivery (
        id uuid PRIMARY KEY,
        webhook_id uuid NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
        notice_id uuid REFERENCES notice (id) ON DELETE CASCADE,
        type text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed', 'cancelled')),
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL,
        last_error text,
        claimed_until timestamptz,
        token uuid,
        sent_at timestamptz,
        created_at timestamptz NOT NULL,
        UNIQUE (webhook_id, notice_id)
      );
      CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, next_at, id) WHERE state = 'pending';
      CREATE INDEX webhook_delivery_listed ON webhook_delivery (webhook_id, id);
      CREATE INDEX webhook_delivery_notice ON webhook_delivery (notice_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_delivery, webhook');
  }
}
