import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ACHIEVEMENTS, DeclineReason, InterestState, Party } from '#libs/contracts';
import type { Reminder } from '../deadline/deadline.js';

/** One side's wish to talk with the other about an opportunity, and what became of it. */
@Entity('interest')
export class InterestEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') revision!: number;
  @Column('text') state!: InterestState;
  @Column('uuid', { name: 'opportunity_id' }) opportunityId!: string;
  @Column('uuid', { name: 'suggestion_id', nullable: true }) suggestionId!: string | null;
  /** The firm that owns the opportunity: the asker or the asked. */
  @Column('uuid', { name: 'owner_id' }) ownerId!: string;
  /** As the opportunity was when the interest was expressed: who wrote to an unnamed firm does not learn its name by a later change. */
  @Column('boolean') anonymous!: boolean;
  @Column('text', { name: 'asker_kind' }) askerKind!: Party['kind'];
  @Column('uuid', { name: 'asker_id' }) askerId!: string;
  @Column('text', { name: 'asked_kind' }) askedKind!: Party['kind'];
  @Column('uuid', { name: 'asked_id' }) askedId!: string;
  /** Territory of each side, else its country, as it was at the beginning. */
  @Column('text', { name: 'asker_place', nullable: true }) askerPlace!: string | null;
  @Column('text', { name: 'asked_place', nullable: true }) askedPlace!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text', { name: 'answer_note', nullable: true }) answerNote!: string | null;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: DeclineReason | null;
  @Column('text', { nullable: true }) achievement!: (typeof ACHIEVEMENTS)[number] | null;
  @Column('text', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: 'asker' | 'asked' | 'platform' | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'half_at' }) halfAt!: Date;
  @Column('timestamptz', { name: 'day_before_at' }) dayBeforeAt!: Date;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  /** The last reminder that went out. */
  @Column('text', { nullable: true }) told!: Reminder | null;
  /** When the calendar next has something to do with it; null once it is answered. */
  @Column('timestamptz', { name: 'next_at', nullable: true }) nextAt!: Date | null;
  /** When it was accepted or declined. */
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  @Column('timestamptz', { name: 'accepted_at', nullable: true }) acceptedAt!: Date | null;
  /** When the contacts were closed again. */
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
}

export const askerOf = ({ askerKind, askerId }: InterestEntity): Party => ({ kind: askerKind, id: askerId });
export const askedOf = ({ askedKind, askedId }: InterestEntity): Party => ({ kind: askedKind, id: askedId });
