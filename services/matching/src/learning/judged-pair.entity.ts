import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeclineReason } from '#libs/contracts';
import type { Verdict } from './labels.js';

/** How somebody answered a suggestion, with what its score was made of. Codes and figures only. */
@Entity('judged_pair')
export class JudgedPairEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('uuid', { name: 'suggestion_id', nullable: true })
  suggestionId!: string | null;
  @Column('uuid', { name: 'opportunity_id' })
  opportunityId!: string;
  @Column('text', { name: 'subject_type' })
  subjectType!: 'expert' | 'company';
  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;
  /** 0..1; null where the verdict is not about fit. */
  @Column('real', { nullable: true })
  label!: number | null;
  @Column('text')
  verdict!: Verdict;
  @Column('text', { nullable: true })
  reason!: DeclineReason | null;
  /** Value (0..1) of each part of the score before weighting; null for suggestions made before these were kept. */
  @Column('jsonb', { nullable: true })
  features!: Record<string, number> | null;
  @Column('text', { name: 'weights_version' })
  weightsVersion!: string;
  @Column('timestamptz', { name: 'judged_at' })
  judgedAt!: Date;
}
