import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { NOTICE_STATES, NoticeKind, Rhythm } from '#libs/contracts';

export type { NoticeKind };

export type RecipientKind = 'firm' | 'expert';
export type NoticeState = (typeof NOTICE_STATES)[number];

/** Figures and codes that a notice needs besides what its owners know. Nothing personal. */
export interface NoticeParams {
  /** How many subjects a saved search found. */
  hits?: number;
  /** Which reminder it is. */
  stage?: 'half-time' | 'day-before';
  /** The rhythm of the saved search. */
  rhythm?: Rhythm;
}

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
  /**
   * A recipient is told once per kind, thing and occasion. The thing: the suggestion for `suggested`, the opportunity for `suggestions-ready` and
   * `opportunity-expiring`, the interest for what begins with `interest-` and for `contact-open`, the question to a coordinator, the saved
   * search, the recipient, the webhook.
   */
  @Column('uuid', { name: 'about_id' })
  aboutId!: string;
  /** What tells one notice about a thing from the next one: the stage of a reminder, the event of a saved search. */
  @Column('text')
  occasion!: string;
  @Column('uuid', { name: 'opportunity_id', nullable: true })
  opportunityId!: string | null;
  @Column('uuid', { name: 'suggestion_id', nullable: true })
  suggestionId!: string | null;
  @Column('jsonb')
  params!: NoticeParams;
  @Column('text')
  state!: NoticeState;
  /** Kept without telling anybody: its reason is muted. */
  @Column('boolean')
  muted!: boolean;
  @Column('timestamptz', { name: 'snoozed_until', nullable: true })
  snoozedUntil!: Date | null;
  /** Set when the platform closed it because its cause is gone; such a notice opens again when the cause comes back. */
  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}
