import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { HelpRequest, Party } from '#libs/contracts';

/** A question that a firm or an expert put to the coordinators of its territory. */
@Entity('help_request')
export class HelpRequestEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') revision!: number;
  @Column('text') state!: HelpRequest['state'];
  @Column('uuid', { name: 'opportunity_id' }) opportunityId!: string;
  @Column('uuid', { name: 'suggestion_id', nullable: true }) suggestionId!: string | null;
  @Column('text', { name: 'asker_kind' }) askerKind!: Party['kind'];
  @Column('uuid', { name: 'asker_id' }) askerId!: string;
  /** Territory of the asker, else its country, as it was then. */
  @Column('text', { name: 'asker_place' }) askerPlace!: string;
  /** The firm or expert that the question speaks of, so that it can be erased with them. Shown to nobody: the asker may not know who it is. */
  @Column('text', { name: 'other_kind', nullable: true }) otherKind!: Party['kind'] | null;
  @Column('uuid', { name: 'other_id', nullable: true }) otherId!: string | null;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('text', { nullable: true }) answer!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
}
