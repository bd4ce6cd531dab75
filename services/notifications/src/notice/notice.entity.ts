import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NOTICE_KINDS, NOTICE_STATES } from '#libs/contracts';

export type RecipientKind = 'firm' | 'expert';
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export type NoticeState = (typeof NOTICE_STATES)[number];

/** Whose inbox it is. A row with `erasedAt` is a tombstone: whatever still arrives for it is dropped. */
@Entity('recipient')
export class RecipientEntity {
  @PrimaryColumn('text')
  kind!: RecipientKind;
  @PrimaryColumn('uuid')
  id!: string;
  @Column('bigint', { name: 'last_place' })
  lastPlace!: string;
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt!: Date | null;
}

/** What is known of a suggestion: whether it stands, as of its newest revision heard. */
@Entity('suggestion')
export class SuggestionEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('uuid', { name: 'opportunity_id' })
  opportunityId!: string;
  @Column('integer')
  revision!: number;
  @Column('boolean')
  standing!: boolean;
}

/** That somebody is told of something. No text: it is made at the moment of reading, from what the owners say then. */
@Entity('notice')
export class NoticeEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('integer')
  revision!: number;
  @Column('text', { name: 'recipient_kind' })
  recipientKind!: RecipientKind;
  @Column('uuid', { name: 'recipient_id' })
  recipientId!: string;
  /** Its place in the recipient's inbox, see `tell()`. A string because PostgreSQL's bigint is one. */
  @Column('bigint')
  place!: string;
  @Column('text')
  kind!: NoticeKind;
  /** A recipient is told once per kind and thing: the suggestion for `suggested`, the opportunity for `suggestions-ready`. */
  @Column('uuid', { name: 'about_id' })
  aboutId!: string;
  @Column('uuid', { name: 'opportunity_id' })
  opportunityId!: string;
  @Column('uuid', { name: 'suggestion_id', nullable: true })
  suggestionId!: string | null;
  @Column('text')
  state!: NoticeState;
  /** Set when the platform closed it because its cause is gone; such a notice opens again when the cause comes back. */
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
