import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ScorePart, SUGGESTION_STATES } from '#libs/contracts';
import type { Contribution } from '../match/score.js';

export type SuggestionState = (typeof SUGGESTION_STATES)[number];

/** One pairing of an opportunity with an expert or a partner firm, with what its score was made of. */
@Entity('suggestion')
export class SuggestionEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('integer')
  revision!: number;
  @Column('text')
  state!: SuggestionState;
  @Column('uuid', { name: 'opportunity_id' })
  opportunityId!: string;
  /** Owner of the opportunity. */
  @Column('uuid', { name: 'company_id' })
  companyId!: string;
  /** Its owner stays unnamed to others. */
  @Column('boolean')
  anonymous!: boolean;
  @Column('text', { name: 'subject_type' })
  subjectType!: 'expert' | 'company';
  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;
  @Column('integer')
  rank!: number;
  @Column('double precision')
  score!: number;
  @Column('jsonb')
  parts!: Record<ScorePart, number>;
  /** Value (0..1) of each part before weighting: what is learned from. */
  @Column('jsonb', { nullable: true })
  features!: Record<string, number> | null;
  @Column('jsonb')
  contributions!: Contribution[];
  @Column('text', { array: true })
  missing!: string[];
  /** Where both sides are, as shown in lists. */
  @Column('jsonb')
  places!: Record<'subject' | 'opportunity', { country: string; territory: string | null }>;
  /** What was scored, for audit and for learning: revisions, competences and words of the need with their rarity. */
  @Column('jsonb')
  inputs!: object;
  @Column('text', { name: 'weights_version' })
  weightsVersion!: string;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** That an opportunity is to be matched (again). */
@Entity('match_job')
export class MatchJobEntity {
  @PrimaryColumn('uuid', { name: 'opportunity_id' })
  opportunityId!: string;
  /** `published` goes first; `subject` (somebody new may fit) waits until imports have settled. */
  @Column('text')
  cause!: 'published' | 'subject';
  /** Grows with every request, so that one that comes while the job runs is not forgotten. */
  @Column('integer')
  version!: number;
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;
  @Column('timestamptz', { name: 'asked_at' })
  askedAt!: Date;
  @Column('integer')
  attempts!: number;
}
