import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How much an expert was asked and how they answered, as it was last told to others. */
@Entity('load')
export class LoadEntity {
  @PrimaryColumn('uuid', { name: 'expert_id' }) expertId!: string;
  @Column('integer') revision!: number;
  @Column('integer') open!: number;
  @Column('integer') asked!: number;
  @Column('double precision', { name: 'response_rate', nullable: true }) responseRate!: number | null;
  @Column('double precision', { name: 'median_hours', nullable: true }) medianHours!: number | null;
}
