import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Alert, Lang } from '#libs/contracts';

/** A saved search. */
@Entity('alert')
export class AlertEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('integer')
  revision!: number;
  @Column('text', { name: 'owner_kind' })
  ownerKind!: 'firm' | 'expert';
  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;
  @Column('text', { nullable: true })
  name!: string | null;
  @Column('text')
  seek!: Alert['seek'];
  @Column('text', { nullable: true })
  text!: string | null;
  @Column('text', { array: true })
  competences!: string[];
  @Column('jsonb', { nullable: true })
  filters!: Alert['filters'];
  @Column('text', { nullable: true })
  prefer!: Alert['prefer'];
  @Column('text')
  rhythm!: Alert['rhythm'];
  @Column('text', { nullable: true })
  lang!: Lang | null;
  /** Relevance of the best that it ever found: far behind it nothing is an answer. */
  @Column('real')
  best!: number;
  /** Since when it has found something that its owner has not been told of. */
  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt!: Date | null;
  /** Saved without the search engine: what was there already is still to be noted. */
  @Column('boolean')
  pending!: boolean;
  /** Looks for nothing until its owner lets it go on. */
  @Column('boolean')
  paused!: boolean;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
