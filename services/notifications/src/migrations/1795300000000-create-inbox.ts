import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateInbox1795300000000 implements MigrationInterface {
  name = 'CreateInbox1795300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE recipient (
        kind text NOT NULL CHECK (kind IN ('firm', 'expert')),
        id uuid NOT NULL,
        last_place bigint NOT NULL DEFAULT 0,
        erased_at timestamptz,
        PRIMARY KEY (kind, id)
      );
      CREATE TABLE suggestion (
        id uuid PRIMARY KEY,
        opportunity_id uuid NOT NULL,
        revision integer NOT NULL,
        standing boolean NOT NULL
      );
      CREATE INDEX suggestion_standing ON suggestion (opportunity_id) WHERE standing;
      CREATE TABLE notice (
        id uuid PRIMARY KEY,
        revision integer NOT NULL DEFAULT 1,
        recipient_kind text NOT NULL,
        recipient_id uuid NOT NULL,
        place bigint NOT NULL,
        kind text NOT NULL,
        about_id uuid NOT NULL,
        opportunity_id uuid NOT NULL,
        suggestion_id uuid,
        state text NOT NULL DEFAULT 'unread' CHECK (state IN ('unread', 'read', 'done')),
        closed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (recipient_kind, recipient_id) REFERENCES recipient (kind, id),
        UNIQUE (recipient_kind, recipient_id, kind, about_id),
        UNIQUE (recipient_kind, recipient_id, place)
      );
      CREATE INDEX notice_unread ON notice (recipient_kind, recipient_id) WHERE state = 'unread';
      CREATE INDEX notice_about ON notice (kind, about_id);
      CREATE TABLE delivery (
        id uuid PRIMARY KEY,
        notice_id uuid NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
        recipient_kind text NOT NULL,
        recipient_id uuid NOT NULL,
        channel text NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed', 'cancelled')),
        attempts integer NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL DEFAULT now(),
        last_error text,
        claimed_until timestamptz,
        token uuid,
        sent_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (notice_id, channel)
      );
      CREATE INDEX delivery_due ON delivery (channel, next_at) WHERE state = 'pending';
      CREATE INDEX delivery_recent ON delivery (recipient_id, channel, sent_at) WHERE state = 'sent';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery, notice, suggestion, recipient');
  }
}
