import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One change of an expert's consent: given or withdrawn, when, on which ground, by whom. Rows are added and, with the expert, erased; never changed. */
@Entity('consent')
export class Consent {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'expert_id' }) expertId!: string;
  @Column('text') purpose!: 'listing';
  @Column('boolean') granted!: boolean;
  @Column('timestamptz') at!: Date;
  @Column('text') basis!: string;
  @Column('text') source!: string;
}
