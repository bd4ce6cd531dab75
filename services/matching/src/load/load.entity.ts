import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What cooperation told last of an expert's requests. */
@Entity('load')
export class LoadEntity {
  @PrimaryColumn('uuid', { name: 'expert_id' })
  expertId!: string;
  @Column('integer')
  revision!: number;
  /** Requests that wait for an answer or are being worked on. */
  @Column('integer')
  open!: number;
  @Column('integer')
  asked!: number;
  @Column('double precision', { name: 'response_rate', nullable: true })
  responseRate!: number | null;
  @Column('timestamptz', { name: 'changed_at' })
  changedAt!: Date;
}
