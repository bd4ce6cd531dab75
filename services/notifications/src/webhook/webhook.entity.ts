import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { WEBHOOK_DELIVERY_STATES } from '#libs/contracts';
import type { NoticeKind, RecipientKind } from '../notice/notice.entity.js';

/** A firm, an expert, or the platform: coordinators and administrators together. */
export type WebhookOwner = { kind: RecipientKind; id: string } | { kind: 'platform'; id: null };

/** Where notices are posted to. */
@Entity('webhook')
export class WebhookEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('integer')
  revision!: number;
  @Column('text', { name: 'owner_kind' })
  ownerKind!: WebhookOwner['kind'];
  @Column('uuid', { name: 'owner_id', nullable: true })
  ownerId!: string | null;
  @Column('text')
  url!: string;
  @Column('text', { array: true, nullable: true })
  kinds!: NoticeKind[] | null;
  @Column('text', { nullable: true })
  description!: string | null;
  /** Readable, because a signature is made with it. */
  @Column('text')
  secret!: string;
  @Column('text', { name: 'previous_secret', nullable: true })
  previousSecret!: string | null;
  @Column('timestamptz', { name: 'previous_until', nullable: true })
  previousUntil!: Date | null;
  @Column('text')
  state!: 'enabled' | 'disabled';
  @Column('text', { name: 'disabled_because', nullable: true })
  disabledBecause!: 'gone' | 'failing' | null;
  /** In a row; zero after a success. */
  @Column('integer')
  failures!: number;
  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince!: Date | null;
  @Column('timestamptz', { name: 'rest_until', nullable: true })
  restUntil!: Date | null;
  @Column('timestamptz', { name: 'last_sent_at', nullable: true })
  lastSentAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** One message to one endpoint: a notice, or a ping when there is none. */
@Entity('webhook_delivery')
export class WebhookDeliveryEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('uuid', { name: 'webhook_id' })
  webhookId!: string;
  @Column('uuid', { name: 'notice_id', nullable: true })
  noticeId!: string | null;
  @Column('text')
  type!: string;
  @Column('text')
  state!: (typeof WEBHOOK_DELIVERY_STATES)[number];
  @Column('integer')
  attempts!: number;
  @Column('timestamptz', { name: 'next_at' })
  nextAt!: Date;
  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;
  @Column('timestamptz', { name: 'claimed_until', nullable: true })
  claimedUntil!: Date | null;
  /** Of the sender that holds the claim; one that lost it cannot write any more. */
  @Column('uuid', { nullable: true })
  token!: string | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
