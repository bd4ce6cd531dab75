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
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('boolean') renewed!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
