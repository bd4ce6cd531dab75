import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RecipientKind } from '../notice/notice.entity.js';

export type DeliveryState = 'pending' | 'sent' | 'failed' | 'cancelled';

/** One notice on one channel. Pending until it is sent, refused for good, or no longer wanted. */
@Entity('delivery')
export class DeliveryEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('uuid', { name: 'notice_id' })
  noticeId!: string;
  @Column('text', { name: 'recipient_kind' })
  recipientKind!: RecipientKind;
  @Column('uuid', { name: 'recipient_id' })
  recipientId!: string;
  @Column('text')
  channel!: string;
  @Column('text')
  state!: DeliveryState;
  @Column('integer')
  attempts!: number;
  @Column('timestamptz', { name: 'next_at' })
  nextAt!: Date;
  /** A code such as `EENVELOPE 550`; never the server's own words, which often repeat the address. */
  /** Set while it waits for a digest, to the time at which that goes out. */
  @Column('timestamptz', { name: 'digest_at', nullable: true })
  digestAt!: Date | null;
  /** The digest that it went into, or goes into again after a failure. */
  @Column('uuid', { name: 'letter_id', nullable: true })
  letterId!: string | null;
  /** Patience with a server that refuses is counted from here; waiting for a digest is none of it. */
  @Column('timestamptz', { name: 'first_tried_at', nullable: true })
  firstTriedAt!: Date | null;
  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;
  @Column('timestamptz', { name: 'claimed_until', nullable: true })
  claimedUntil!: Date | null;
  /** Of the sender that holds the claim; a sender that lost it cannot write any more. */
  @Column('uuid', { nullable: true })
  token!: string | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
