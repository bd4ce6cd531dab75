import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Company as CompanyView, CompetenceRef, Lang, SizeClass } from '#libs/contracts';

export type KeptSector = CompanyView['sectors'][number];
export type Contact = NonNullable<CompanyView['contact']>;

@Entity('company')
export class Company {
  @PrimaryColumn('uuid') id!: string;
  @Column('integer') revision!: number;
  @Column('text') name!: string;
  /** For the search by a part of the name. */
  @Column('text', { name: 'name_folded' }) nameFolded!: string;
  @Column('text') country!: string;
  @Column('text', { nullable: true }) kind!: CompanyView['kind'];
  /** As given; where it is not, the head count decides. */
  @Column('text', { name: 'size_class', nullable: true }) sizeClass!: SizeClass | null;
  @Column('integer', { nullable: true }) people!: number | null;
  @Column('text', { nullable: true }) territory!: string | null;
  @Column('text', { nullable: true }) town!: string | null;
  @Column('jsonb') sectors!: KeptSector[];
  /** Every NACE code that finds the company: division, group and class. */
  @Column('text', { array: true }) nace!: string[];
  @Column('jsonb') languages!: Lang[];
  @Column('text', { nullable: true }) text!: string | null;
  @Column('jsonb') offers!: CompetenceRef[];
  @Column('jsonb') seeks!: CompetenceRef[];
  @Column('text', { name: 'ip_status', nullable: true }) ipStatus!: CompanyView['ipStatus'];
  @Column('text', { nullable: true }) website!: string | null;
  @Column('jsonb', { nullable: true }) contact!: Contact | null;
  /** Of the public register, not of the firm: whoever reads mail there speaks for it. */
  @Column('text', { name: 'register_email', nullable: true }) registerEmail!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
