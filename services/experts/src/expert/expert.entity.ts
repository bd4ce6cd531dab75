import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CompetenceRef, Expert as ExpertView, Lang } from '#libs/contracts';
import type { Evidence } from './evidence.js';

@Entity('expert')
export class Expert {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') revision!: number;
  @Column('text') name!: string;
  /** Name and affiliation, for the search by a part of either. */
  @Column('text', { name: 'names_folded' }) namesFolded!: string;
  @Column('text') country!: string;
  @Column('text', { nullable: true }) role!: ExpertView['role'];
  @Column('text', { nullable: true }) affiliation!: string | null;
  @Column('text', { nullable: true }) orcid!: string | null;
  @Column('text', { nullable: true }) territory!: string | null;
  @Column('jsonb') territories!: string[];
  @Column('jsonb') languages!: Lang[];
  @Column('text', { nullable: true }) text!: string | null;
  @Column('jsonb') competences!: CompetenceRef[];
  @Column('jsonb') evidence!: Evidence[];
  @Column('integer') capacity!: number;
  @Column('jsonb') away!: ExpertView['away'];
  @Column('text', { nullable: true }) website!: string | null;
  @Column('jsonb', { nullable: true }) contact!: NonNullable<ExpertView['contact']> | null;
  /** By consent; the history of it is in `consent`. */
  @Column('boolean') listed!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
