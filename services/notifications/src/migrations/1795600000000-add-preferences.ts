import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Preferences, digests, mutes, links that switch mails off, addresses that were refused; and notices of more than opportunities. */
export class AddPreferences1795600000000 implements MigrationInterface {
  name = 'AddPreferences1795600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notice
        ALTER COLUMN opportunity_id DROP NOT NULL,
        ADD COLUMN occasion text NOT NULL DEFAULT '',
        ADD COLUMN params jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN muted boolean NOT NULL DEFAULT false,
        ADD COLUMN snoozed_until timestamptz,
        DROP CONSTRAINT notice_state_check,
        ADD CONSTRAINT notice_state_check CHECK (state IN ('unread', 'read', 'done', 'snoozed')),
        DROP CONSTRAINT notice_recipient_kind_recipient_id_kind_about_id_key,
        ADD CONSTRAINT notice_once UNIQUE (recipient_kind, recipient_id, kind, about_id, occasion);
      CREATE INDEX notice_snoozed ON notice (recipient_kind, recipient_id) WHERE state = 'snoozed';
      ALTER TABLE delivery
        ADD COLUMN digest_at timestamptz,
        ADD COLUMN letter_id uuid,
        ADD COLUMN first_tried_at timestamptz;
      CREATE INDEX delivery_waiting ON delivery (recipient_id, channel) WHERE state = 'pending';
      CREATE INDEX delivery_settled ON delivery (created_at) WHERE state <> 'pending';
      CREATE TABLE preference (
        recipient_kind text NOT NULL,
        recipient_id uuid NOT NULL,
        revision integer NOT NULL,
        choice jsonb NOT NULL,
        changed_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (recipient_kind, recipient_id),
        FOREIGN KEY (recipient_kind, recipient_id) REFERENCES recipient (kind, id)
      );
      CREATE TABLE mute (
        id uuid PRIMARY KEY,
        recipient_kind text NOT NULL,
        recipient_id uuid NOT NULL,
        kind text NOT NULL,
        competence text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (recipient_kind, recipient_id) REFERENCES recipient (kind, id),
        UNIQUE (recipient_kind, recipient_id, kind, competence)
      );
      CREATE TABLE unsubscribe_token (
        hash text PRIMARY KEY,
        recipient_kind text NOT NULL,
        recipient_id uuid NOT NULL,
        lang text NOT NULL,
        kinds text[] NOT NULL,
        competence text,
        created_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (recipient_kind, recipient_id) REFERENCES recipient (kind, id)
      );
      CREATE INDEX unsubscribe_token_recipient ON unsubscribe_token (recipient_kind, recipient_id);
      CREATE INDEX unsubscribe_token_age ON unsubscribe_token (created_at);
      CREATE TABLE refused_address (
        recipient_kind text NOT NULL,
        recipient_id uuid NOT NULL,
        address_hash text NOT NULL,
        reason text NOT NULL,
        refused_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (recipient_kind, recipient_id),
        FOREIGN KEY (recipient_kind, recipient_id) REFERENCES recipient (kind, id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE refused_address, unsubscribe_token, mute, preference;
      DROP INDEX delivery_waiting, delivery_settled;
      ALTER TABLE delivery DROP COLUMN digest_at, DROP COLUMN letter_id, DROP COLUMN first_tried_at;
      DELETE FROM notice WHERE opportunity_id IS NULL OR occasion <> '';
      UPDATE notice SET state = 'unread' WHERE state = 'snoozed';
      DROP INDEX notice_snoozed;
      ALTER TABLE notice
        DROP CONSTRAINT notice_once,
        ADD UNIQUE (recipient_kind, recipient_id, kind, about_id),
        DROP CONSTRAINT notice_state_check,
        ADD CONSTRAINT notice_state_check CHECK (state IN ('unread', 'read', 'done')),
        DROP COLUMN occasion, DROP COLUMN params, DROP COLUMN muted, DROP COLUMN snoozed_until,
        ALTER COLUMN opportunity_id SET NOT NULL;
    `);
  }
}
