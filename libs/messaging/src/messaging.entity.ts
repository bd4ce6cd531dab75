import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A fact that is to be published, written in the transaction of the change itself. */
@Entity('outbox')
@Index('outbox_unsent', ['id'], { where: 'sent_at IS NULL' })
@Index('outbox_sent', ['sentAt'], { where: 'sent_at IS NOT NULL' })
export class OutboxRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') subject!: string;
  @Column('text') type!: string;
  @Column('text', { name: 'aggregate_id' }) aggregateId!: string;
  @Column('jsonb') envelope!: unknown;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) claimedUntil!: Date | null;
  @Column('uuid', { name: 'claim_token', nullable: true }) claimToken!: string | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt!: Date | null;
  @Column('bigint', { name: 'stream_seq', nullable: true }) streamSeq!: string | null;
}

/** What the relay last saw of a stream, to notice that it lost messages or was made anew. */
@Entity('stream_state')
export class StreamStateRow {
  @PrimaryColumn('text') stream!: string;
  @Column('text') created!: string;
  @Column('bigint', { name: 'last_seq' }) lastSeq!: string;
}

/** An event whose effect is in this database. */
@Entity('inbox')
@Index('inbox_handled_at', ['handledAt'])
export class InboxRow {
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  @PrimaryColumn('text') consumer!: string;
  @Column('timestamptz', { name: 'handled_at', default: () => 'now()' }) handledAt!: Date;
}

/** An event that gives trouble: how often its handler failed, and how often a handling began without an end. */
@Entity('delivery_attempt')
export class DeliveryAttemptRow {
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  @PrimaryColumn('text') consumer!: string;
  @Column('integer', { default: 0 }) attempts!: number;
  @Column('integer', { default: 0 }) starts!: number;
  @Column('timestamptz', { name: 'last_at', default: () => 'now()' }) lastAt!: Date;
}

/** An event that was given up, with all that is needed to handle it again. */
@Entity('dead_letter')
@Index('dead_letter_requeued', ['requeuedAt'], { where: 'requeued_at IS NOT NULL AND resolved_at IS NULL' })
export class DeadLetterRow {
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  @PrimaryColumn('text') consumer!: string;
  @Column('text') subject!: string;
  @Column('bytea') raw!: Buffer;
  @Column('text') reason!: string;
  @Column('text') error!: string;
  @Column('integer') attempts!: number;
  @Column('timestamptz', { name: 'dead_at', default: () => 'now()' }) deadAt!: Date;
  @Column('timestamptz', { name: 'requeued_at', nullable: true }) requeuedAt!: Date | null;
  @Column('text', { name: 'requeued_by', nullable: true }) requeuedBy!: string | null;
  @Column('timestamptz', { name: 'begun_at', nullable: true }) begunAt!: Date | null;
  @Column('timestamptz', { name: 'resolved_at', nullable: true }) resolvedAt!: Date | null;
}

/** Who did what with a dead letter. Rows are only ever added. */
@Entity('dead_letter_audit')
@Index('dead_letter_audit_event', ['eventId'])
export class DeadLetterAuditRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'event_id' }) eventId!: string;
  @Column('text') consumer!: string;
  @Column('text') action!: string;
  @Column('text') actor!: string;
  @Column('timestamptz', { default: () => 'now()' }) at!: Date;
}

/** The answer to a command that its caller may repeat. */
@Entity('idempotency')
@Index('idempotency_created_at', ['createdAt'])
export class IdempotencyRow {
  @PrimaryColumn('text') actor!: string;
  @PrimaryColumn('text') key!: string;
  @Column('text') operation!: string;
  @Column('text', { name: 'request_hash' }) requestHash!: string;
  @Column('jsonb', { nullable: true }) response!: unknown;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}

/** For every service's DataSource. */
export const messagingEntities = [
  OutboxRow,
  StreamStateRow,
  InboxRow,
  DeliveryAttemptRow,
  DeadLetterRow,
  DeadLetterAuditRow,
  IdempotencyRow,
];
