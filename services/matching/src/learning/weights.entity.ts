import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { LearningReport } from '#libs/contracts';

/** Weights that were learned. Never changed, never deleted. */
@Entity('weights_version')
export class WeightsVersionEntity {
  @PrimaryColumn('text')
  version!: string;
  /** Version in the code that has the other figures of the ranking; with others these parts were never measured. */
  @Column('text', { name: 'built_in' })
  builtIn!: string;
  @Column('jsonb')
  parts!: Record<string, number>;
  @Column('text', { name: 'based_on' })
  basedOn!: string;
  @Column('jsonb')
  report!: LearningReport;
  @Column('text')
  state!: 'proposed' | 'adopted';
  @Column('timestamptz', { name: 'made_at' })
  madeAt!: Date;
}

/** That somebody switched to a version; the last row says which one ranks. */
@Entity('weights_switch')
export class WeightsSwitchEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;
  @Column('text')
  version!: string;
  @Column('text', { name: 'switched_by' })
  switchedBy!: string;
  @Column('timestamptz', { name: 'switched_at' })
  switchedAt!: Date;
}
