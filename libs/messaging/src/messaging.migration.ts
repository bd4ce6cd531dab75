import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that outbox, inbox, dead letters and repeatable commands need; the same in every service's database. */
export class Messaging1700000000000 implements MigrationInterface {
  name = 'Messaging1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "outbox" (
      "id" uuid NOT NULL, "subject" text NOT NULL, "type" text NOT NULL, "aggregate_id" text NOT NULL, "envelope" jsonb NOT NULL,
      "created_at" timestamptz NOT NULL DEFAULT now(), "claimed_until" timestamptz, "claim_token" uuid, "sent_at" timestamptz, "stream_seq" bigint,
      CONSTRAINT "outbox_pkey" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "outbox_unsent" ON "outbox" ("id") WHERE sent_at IS NULL`);
    await runner.query(`CREATE INDEX "outbox_sent" ON "outbox" ("sent_at") WHERE sent_at IS NOT NULL`);
    await runner.query(`CREATE TABLE "stream_state" (
      "stream" text NOT NULL, "created" text NOT NULL, "last_seq" bigint NOT NULL, CONSTRAINT "stream_state_pkey" PRIMARY KEY ("stream"))`);
    await runner.query(`CREATE TABLE "inbox" (
      "event_id" uuid NOT NULL, "consumer" text NOT NULL, "handled_at" timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT "inbox_pkey" PRIMARY KEY ("event_id", "consumer"))`);
    await runner.query(`CREATE INDEX "inbox_handled_at" ON "inbox" ("handled_at")`);
    await runner.query(`CREATE TABLE "delivery_attempt" (
      "event_id" uuid NOT NULL, "consumer" text NOT NULL, "attempts" integer NOT NULL DEFAULT 0, "starts" integer NOT NULL DEFAULT 0,
      "last_at" timestamptz NOT NULL DEFAULT now(), CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("event_id", "consumer"))`);
    await runner.query(`CREATE TABLE "dead_letter" (
      "event_id" uuid NOT NULL, "consumer" text NOT NULL, "subject" text NOT NULL, "raw" bytea NOT NULL, "reason" text NOT NULL, "error" text NOT NULL,
      "attempts" integer NOT NULL, "dead_at" timestamptz NOT NULL DEFAULT now(), "requeued_at" timestamptz, "requeued_by" text,
      "begun_at" timestamptz, "resolved_at" timestamptz, CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("event_id", "consumer"))`);
    await runner.query(
      `CREATE INDEX "dead_letter_requeued" ON "dead_letter" ("requeued_at") WHERE requeued_at IS NOT NULL AND resolved_at IS NULL`,
    );
    await runner.query(`CREATE TABLE "dead_letter_audit" (
      "id" uuid NOT NULL, "event_id" uuid NOT NULL, "consumer" text NOT NULL, "action" text NOT NULL, "actor" text NOT NULL,
      "at" timestamptz NOT NULL DEFAULT now(), CONSTRAINT "dead_letter_audit_pkey" PRIMARY KEY ("id"))`);
    await runner.query(`CREATE INDEX "dead_letter_audit_event" ON "dead_letter_audit" ("event_id")`);
    await runner.query(`CREATE TABLE "idempotency" (
      "actor" text NOT NULL, "key" text NOT NULL, "operation" text NOT NULL, "request_hash" text NOT NULL, "response" jsonb,
      "created_at" timestamptz NOT NULL DEFAULT now(), CONSTRAINT "idempotency_pkey" PRIMARY KEY ("actor", "key"))`);
    await runner.query(`CREATE INDEX "idempotency_created_at" ON "idempotency" ("created_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'idempotency',
      'dead_letter_audit',
      'dead_letter',
      'delivery_attempt',
      'inbox',
      'stream_state',
      'outbox',
    ]) {
      await runner.query(`DROP TABLE "${table}"`);
    }
  }
}

/** First in every service's list of migrations. */
export const messagingMigrations = [Messaging1700000000000];
