import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CompetenceRef, Lang, OpportunityState, OpportunityType, Opportunity as View } from '#libs/contracts';

@Entity('opportunity')
export class Opportunity {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') revision!: number;
  @Column('uuid', { name: 'company_id' }) companyId!: string;
  @Column('text') state!: OpportunityState;
  /** When it entered its state; what ended is kept for a time only. */
  @Column('timestamptz', { name: 'state_since' }) stateSince!: Date;
  @Column('text') type!: OpportunityType;
  @Column('text') title!: string;
  @Column('text') summary!: string;
  @Column('text') lang!: Lang;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('jsonb') competences!: CompetenceRef[];
  @Column('jsonb') sectors!: View['sectors'];
  @Column('text', { nullable: true }) prefer!: View['prefer'];
  @Column('text', { nullable: true }) stage!: View['stage'];
  @Column('integer', { nullable: true }) trl!: number | null;
  @Column('text', { name: 'ip_status', nullable: true }) ipStatus!: View['ipStatus'];
  @Column('boolean', { name: 'open_for_interest' }) openForInterest!: boolean;
  /** Who owns it is shown to nobody but itself and those who keep the platform's contents. */
  @Column('boolean') anonymous!: boolean;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('boolean') renewed!: boolean;
  /** The warning of its end that its owner had last: 30 or 7 days before. */
  @Column('integer', { name: 'end_told', nullable: true }) endTold!: number | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
